import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import type { InvitationReply, PersonReply } from '@/lib/contract/access/people'
import { ROLES } from '@/lib/contract/roles'
import { NewLink } from './new-link'
import { People } from './people'
import { grantsOfForm } from './role-fields'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => {} }) }))

const AT = '2026-11-20T09:00:00.000Z'
const SHOP = {
  id: 'shop',
  sdkAppId: 14,
  name: 'Shop',
  role: 'admin',
  demo: false,
  region: 'china',
  utcOffset: '+08:00',
  origin: 'interface',
} as const

const person = (id: string, over: Partial<PersonReply> = {}): PersonReply => ({
  id,
  email: `${id}@example.com`,
  name: id,
  grants: [{ app: '*', role: 'admin' }],
  createdAt: AT,
  secondFactor: false,
  disabledAt: null,
  lastSeenAt: AT,
  sessions: 1,
  tokens: 0,
  shares: 0,
  ...over,
})

function page(people: PersonReply[], invitations: InvitationReply[] = [], locale: Locale = 'en') {
  return renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <People people={people} invitations={invitations} me="ada" apps={[SHOP]} tz="+08:00" words={wordsIn(locale)} />
    </QueryClientProvider>,
  )
}

describe('the people page', () => {
  test.each(LOCALES)('shows who can sign in, with roles by app and the last activity, in %s', (locale) => {
    const { people, common } = messagesOf(locale)
    const grants = [
      { app: '*', role: 'viewer' as const },
      { app: 'shop', role: 'support' as const },
      { app: 'a removed app', role: 'admin' as const },
    ]
    const seen = visibleText(page([person('ada'), person('pm', { grants })], [], locale))
    for (const text of [people.title, people.you, 'pm@example.com', people.everyApp, common.role.support, 'Shop']) {
      expect(seen).toContain(text)
    }
    expect(seen).not.toContain('a removed app')
    expect(seen).toContain('17:00')
  })

  test('offers nobody to remove or disable themselves', () => {
    const own = page([person('ada')])
    expect(own).not.toContain('Remove person')
    expect(own).toContain('Another administrator can reset')
    expect(page([person('ada'), person('pm')])).toContain('Remove person')
  })

  test('says who is disabled, who has no role, and who was not here for a week', () => {
    const seen = visibleText(
      page([person('ada'), person('pm', { disabledAt: AT }), person('new', { grants: [], lastSeenAt: null })]),
    )
    for (const text of ['Disabled since 20 Nov 17:00', 'Enable', 'No role', 'Not active in the last 7 days']) {
      expect(seen).toContain(text)
    }
  })

  test('asks what happens to the API tokens of a person who has some', () => {
    expect(page([person('ada'), person('pm')])).not.toContain('Also revoke')
    expect(page([person('ada'), person('pm', { tokens: 2 })])).toContain('Also revoke the 2 API tokens they created')
  })

  test('says that links end with the person who shared them', () => {
    expect(page([person('ada'), person('pm')])).not.toContain('they shared')
    const seen = page([person('ada'), person('pm', { shares: 2 })])
    for (const text of ['The 2 links they shared do not open meanwhile.', 'The 2 links they shared end.'])
      expect(seen).toContain(text)
    expect(page([person('ada'), person('pm', { shares: 2, disabledAt: AT })])).not.toContain('meanwhile')
  })

  test('explains every role, and invites as viewer of all apps unless chosen otherwise', () => {
    const seen = page([person('ada')])
    for (const role of ROLES) expect(seen).toContain(messagesOf('en').people.roles.about[role])
    expect(/<select id="invite-\*"[^>]*>.*?<option value="viewer" selected="">/s.test(seen)).toBe(true)
  })

  test('lists links that can still be used, and only then', () => {
    const link = { id: 'i', kind: 'join', email: 'kim@example.com', createdAt: AT, expiresAt: AT } as const
    const grants = [{ app: 'shop', role: 'viewer' as const }]
    expect(page([person('ada')])).not.toContain('Open links')
    const seen = page([person('ada')], [{ ...link, grants }])
    expect(visibleText(seen)).toContain('Invitation · Viewer · Shop · Works until 20 Nov 17:00')
    expect(seen).toContain('Revoke the link for kim@example.com')
  })

  test('shows control characters of a name as nothing', () => {
    expect(page([person('pm', { name: 'Kim\u202egnp' })])).not.toContain('\u202e')
  })
})

test('a form gives the roles that were chosen', () => {
  const form = new FormData()
  form.set('email', 'admin')
  form.set('role of *', 'viewer')
  form.set('role of shop', '')
  form.set('role of game', 'support')
  expect(grantsOfForm(form)).toEqual([
    { app: '*', role: 'viewer' },
    { app: 'game', role: 'support' },
  ])
})

test.each(LOCALES)('a new link is shown with whom it is for and until when it works, in %s', (locale) => {
  const made = {
    id: 'i',
    email: 'kim@example.com',
    grants: [],
    createdAt: AT,
    expiresAt: AT,
    link: 'https://p/invite#x',
  }
  for (const kind of ['join', 'reset'] as const) {
    const seen = renderToStaticMarkup(<NewLink made={{ ...made, kind }} tz="+08:00" words={wordsIn(locale)} />)
    for (const text of ['https://p/invite#x', 'kim@example.com', '17:00']) expect(seen).toContain(text)
  }
})

test('a second factor can be turned off for somebody who has one', () => {
  expect(page([person('ada'), person('pm')])).not.toContain('Turn off two-factor authentication')
  expect(page([person('ada'), person('pm', { secondFactor: true })])).toContain('Turn off two-factor authentication')
})
