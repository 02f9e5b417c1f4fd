import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { type TokenReply, tokensReply } from '@/lib/contract/access/tokens'
import type { AppReply } from '@/lib/contract/apps'
import { Tokens } from './tokens'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => undefined }) }))

const NOW = Date.parse('2026-11-21T04:00:00Z')
const APP: AppReply = {
  id: '14',
  sdkAppId: 14,
  name: 'Shop',
  region: 'china',
  utcOffset: '+08:00',
  origin: 'environment',
  demo: false,
  role: 'admin',
}
const token = (over: Partial<TokenReply> = {}): TokenReply => ({
  id: '0f7b4d6e-6c0e-4a3c-9a63-2f1f4f6f0c11',
  name: 'Nightly report',
  state: 'active',
  role: 'viewer',
  apps: ['14'],
  createdAt: '2026-11-20T20:00:00Z',
  createdBy: { kind: 'person', name: 'Ada' },
  expiresAt: '2027-02-18T20:00:00Z',
  lastUsedAt: null,
  revokedAt: null,
  ...over,
})
const html = (items: TokenReply[], locale: Locale = 'en') =>
  renderToStaticMarkup(
    <Tokens
      reply={tokensReply.parse({ items, next: null })}
      nowMs={NOW}
      apps={[APP]}
      tz="+08:00"
      words={wordsIn(locale)}
    />,
  )
const text = (...args: Parameters<typeof html>) => visibleText(html(...args))

test('a token shows its role, apps, expiry, last use and creator, at the offset of the app', () => {
  expect(text([token()])).toContain(
    'Nightly report Role Viewer Apps Shop Expires 2027-02-19 in 90 days Last used Never used Created 2026-11-21 by Ada Revoke',
  )
  const used = token({
    apps: ['*'],
    lastUsedAt: '2026-11-21T03:05:00Z',
    createdBy: { kind: 'command_line', name: null },
  })
  expect(text([used])).toContain('Apps All apps Expires')
  expect(text([used])).toContain('Last used 21 Nov 11:05 Created 2026-11-21 on the command line')
})

test('a token that expires soon, or never, stands out', () => {
  const warned = (over: Partial<TokenReply>) => /text-warn">([^<]*)</.exec(html([token(over)]))?.[1]
  expect(warned({})).toBeUndefined()
  expect(warned({ expiresAt: '2026-11-24T05:00:00Z' })).toBe('in 3 days')
  expect(warned({ expiresAt: '2026-11-21T05:00:00Z' })).toBe('in less than a day')
  expect(warned({ expiresAt: null })).toBe('Never expires')
})

test('ended tokens are apart, say how they ended, and cannot be revoked', () => {
  const seen = text([
    token({ state: 'revoked', revokedAt: '2026-11-21T02:00:00Z' }),
    token({ id: '1', name: 'Old', state: 'expired', expiresAt: '2026-11-01T00:00:00Z' }),
  ])
  expect(seen).toContain('No active tokens')
  expect(seen).toContain('2 ended tokens')
  expect(seen).toContain('Revoked 2026-11-21')
  expect(seen).toContain('Expired 2026-11-01')
  expect(seen).not.toContain('Action')
})

test('an app that was removed keeps its ID, and a removed person has no name', () => {
  const seen = text([token({ apps: ['14', '99'], createdBy: { kind: 'person', name: null } })])
  expect(seen).toContain('Shop, 99')
  expect(seen).toContain('by a removed person')
})

test.each(LOCALES)('renders in %s', (locale) => {
  expect(html([token(), token({ id: '1', state: 'revoked', revokedAt: '2026-11-21T02:00:00Z' })], locale)).toContain(
    'Nightly report',
  )
})
