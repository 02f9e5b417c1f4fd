import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import { LOCALES } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { wordsIn } from '@/components/i18n/testing/render'
import { Problem } from '@/components/ui/problem'
import type { ErrorCode } from '@/lib/contract/errors'
import { CheckAgain } from './check-again'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => {} }) }))

function draw(code: ErrorCode, mayCheck: boolean, locale: (typeof LOCALES)[number] = 'en'): string {
  const words = wordsIn(locale)
  const problem = { code, title: '', detail: '', upstreamCode: 70003, since: '2026-11-21T00:00:00Z' }
  const repair = mayCheck && <CheckAgain app="1400187352" words={words} />
  return renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <Problem problem={problem} tz="+08:00" words={words} repair={repair} />
    </QueryClientProvider>,
  )
}

describe.each(LOCALES)('the banner of a stopped app, in %s', (locale) => {
  const { check, retry } = messagesOf(locale).common

  test('lets an administrator check again instead of reloading', () => {
    const seen = draw('upstream_credential', true, locale)
    expect(seen).toContain(check.again)
    expect(seen).not.toContain(retry)
  })

  test('offers a reload to everyone else', () => {
    const seen = draw('upstream_credential', false, locale)
    expect(seen).toContain(retry)
    expect(seen).not.toContain(check.again)
  })

  test('offers a reload to administrators too when the problem passes by itself', () => {
    expect(draw('upstream_timeout', true, locale)).not.toContain(check.again)
  })
})
