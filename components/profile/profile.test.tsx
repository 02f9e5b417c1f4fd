import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import type { SessionReply } from '@/lib/contract/access/people'
import { Profile } from './profile'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => {} }) }))

const AT = '2026-11-20T09:00:00.000Z'
const session = (id: string, over: Partial<SessionReply> = {}): SessionReply => ({
  id,
  current: false,
  createdAt: AT,
  seenAt: AT,
  expiresAt: AT,
  address: '192.0.2.7',
  device: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  ...over,
})
const OWN = session('own', { current: true })

function page(
  sessions: SessionReply[],
  { password = true, zone = null as string | null, locale = 'en' as Locale } = {},
) {
  const profile = { id: 'pm', email: 'pm@example.com', name: 'Pim', grants: [], password }
  return renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <Profile
        profile={profile}
        sessions={sessions}
        apps={[]}
        tz="Asia/Seoul"
        zone={zone}
        theme="dark"
        keys="on"
        views={[]}
        words={wordsIn(locale)}
      />
    </QueryClientProvider>,
  )
}

test.each(LOCALES)('the profile has name, password, sessions and display, in %s', (locale) => {
  const { profile } = messagesOf(locale)
  const seen = page([OWN], { locale })
  for (const part of ['name', 'password', 'sessions', 'display'] as const) expect(seen).toContain(profile[part].title)
  expect(visibleText(seen)).toContain('18:00')
})

test('the own session is marked and has no button; others can be ended, one by one or all', () => {
  expect(page([OWN])).toContain('This browser')
  expect(page([OWN])).not.toContain('End')
  const seen = page([OWN, session('other', { device: '' })])
  expect(seen).toContain('End the session Unknown device')
  expect(seen).toContain('End all other sessions')
})

test('a password field tells password managers what it is for', () => {
  const seen = page([OWN])
  for (const name of ['username', 'current-password', 'new-password']) expect(seen).toContain(`autoComplete="${name}"`)
  expect(seen).toMatch(/minLength="12"/)
  expect(page([OWN], { password: false })).not.toContain('type="password"')
})

test('the chosen zone and theme are selected, and the app’s zone is the usual one', () => {
  expect(page([OWN])).toContain('<option value="" selected="">The app&#x27;s zone</option>')
  expect(page([OWN], { zone: 'Asia/Tokyo' })).toContain('<option value="Asia/Tokyo" selected="">Asia/Tokyo</option>')
  expect(page([OWN])).toContain('<option value="dark" selected="">Dark</option>')
})
