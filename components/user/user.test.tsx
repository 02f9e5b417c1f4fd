import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { allReplies } from '@/components/report/trace/all-replies'
import { PRESENCES, type UserReply, userReply } from '@/lib/contract/users'
import { Since } from './since'
import { said, user, waiting } from './testing/samples'
import { User } from './user'

const APP = { name: 'Shop', sdkAppId: 1400187352, utcOffset: '+08:00' }
const html = (reply: UserReply, locale: Locale = 'en') =>
  renderToStaticMarkup(
    <User reply={reply} app={APP} viewerZone={null} replies={allReplies()} words={wordsIn(locale)} />,
  )
const text = (...args: Parameters<typeof html>) => visibleText(html(...args))

test('the sample is a valid API reply', () => {
  userReply.parse(user({ userId: 'kim' }))
})

describe('the page of a user', () => {
  test('starts with the verdict, then its evidence, the next step and what was tried', () => {
    const seen = text(user())
    const order = [
      'Vendor-wide: Xiaomi delivery has been down since 20 Nov 20:00 (UTC+8), not only for this user.',
      'The latest campaign on record for this user was sent at 20 Nov 13:15 (UTC+8).',
      'Nothing for the user to do.',
      'What was checked Account state: in the background, reachable. Campaigns with a record of this user: 1.',
      'Current state In background, reachable',
      'Vendors since 20 Nov 00:00 (UTC+8) 20 of 36 hours collected',
      'Latest campaigns Stopped at Xiaomi',
      'Find one chat message',
    ].map((part) => seen.indexOf(part))
    expect(order).not.toContain(-1)
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  test('vendors: marks the user’s own, shows since when a vendor fell, and no number for unknown values', () => {
    const seen = text(user())
    expect(seen).toContain('Xiaomi this user’s vendor down since 20 Nov 20:00 900 0 % 91.2 %')
    expect(seen).toContain('Google FCM 500 not reported —')
    expect(seen).toContain('down at least from 20 Nov 10:00 to 20 Nov 13:00 90 too few —')
    expect(text(user({ health: { since: '2026-11-19T16:00:00Z', held: 0, expected: 36, vendors: [] } }))).toContain(
      'No data for this time',
    )
  })

  test('campaigns: shows the place in line of a waiting one, and why others have no outcome', () => {
    const campaigns = [
      waiting('asking', { place: 3, etaMs: 3_200 }),
      waiting('next'),
      waiting('nothing'),
      waiting('spared', { sentAt: null }),
    ]
    const seen = text(user({ campaigns }))
    expect(seen).toContain('3rd in queue, about 4 s')
    expect(seen).toContain('Queued')
    expect(seen).toContain('No record of this user')
    expect(seen).toContain('Not checked')
    expect(seen).toContain('Send time unknown')
    expect(text(user({ campaigns: [] }))).toContain('No campaign of the last 7 days is listed')
  })

  test('while requests are outstanding it says so beside the preliminary verdict', () => {
    const freshness = { state: 'stale', place: 2, etaMs: 2_000, retryAfterMs: 500, problem: null } as const
    expect(text(user({ freshness }))).toContain('Checking the latest campaigns… 2nd in queue, about 2 s')
    expect(text(user())).not.toContain('Checking the latest')
  })

  test('the request names the receiver and an hour in the console’s zone; unknown fields are to be asked', () => {
    const seen = text(user())
    expect(seen).toContain(
      'Sender: (ask) Receiver: kim Time, at most 1 hour: 2026-11-20 00:00 to 2026-11-20 01:00 (UTC+8) Title or text: (ask)',
    )
    expect(html(user())).not.toContain('\u202e')
  })

  test('a dead token is never beside a green “can receive”', () => {
    const blocked = said('stopped_token_gone', { vendor: 'xiaomi', answer: '10029' })
    const platforms = [{ platform: 'Android', state: 'push_online' as const }]
    const page = html(user({ presence: { state: 'push_online', blocked, platforms, asOf: null } }))
    const card = page.slice(page.indexOf('id="presence"'), page.indexOf('id="health"'))
    expect(card).not.toContain('text-good')
    expect(visibleText(card)).not.toMatch(/reachable|can arrive/)
    expect(visibleText(card)).toContain('Stopped at Xiaomi: the token is no longer valid.')
  })

  test.each(PRESENCES)('the state %s has a name and a meaning', (state) => {
    const seen = text(user({ presence: { state, blocked: null, platforms: [], asOf: null } }))
    expect(seen).toMatch(/Current state [A-Z][^.]+ [A-Z].*\. Vendors since/)
  })

  test.each(LOCALES)('renders in %s', (locale) => {
    const seen = text(user(), locale)
    if (locale !== 'en') expect(seen).not.toMatch(/Account state|hours collected|Latest|Sender|down since/)
  })
})

test('since when: offers days in the console’s zone, and takes a time', () => {
  const draw = (since?: string) =>
    renderToStaticMarkup(<Since app={APP} appParam="14" since={since} reply={user()} words={wordsIn()} />)
  const links = [...draw().matchAll(/href="[^"]*since=([\d-]+)"/g)].map(([, day]) => day)
  expect(links).toEqual(['2026-11-21', '2026-11-20', '2026-11-18', '2026-11-14'])
  expect(draw()).toContain('value="2026-11-20T00:00"')
  expect(draw()).toContain('name="app" value="14"')
  expect(draw('2026-11-18').match(/aria-current="true"[^>]*>3 days/)).not.toBeNull()
})
