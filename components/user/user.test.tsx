import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { STOPPED, XIAOMI } from '@/components/report/testing/trace-samples'
import { allReplies } from '@/components/report/trace/all-replies'
import { PRESENCES, type UserCampaign, type UserReply, userReply } from '@/lib/contract/users'
import { Since } from './since'
import { User } from './user'

const REF = `s1.${'a'.repeat(50)}`
const said = (key: string, values: Record<string, string> = {}) => ({ key, values, text: key })
const campaign = (over: Partial<UserCampaign> = {}): UserCampaign => ({
  taskId: '6affd754_537529d8_1',
  label: 'Spring',
  sentAt: '2026-11-20T05:15:00Z',
  state: 'traced',
  place: null,
  etaMs: null,
  verdict: STOPPED.verdict,
  devices: [XIAOMI],
  asOf: '2026-11-21T04:00:00Z',
  ...over,
})
const waiting = (state: UserCampaign['state'], over: Partial<UserCampaign> = {}) =>
  campaign({ taskId: `t-${state}`, label: '', verdict: null, devices: [], asOf: null, state, ...over })

function user(over: Partial<UserReply> = {}): UserReply {
  return {
    ref: REF,
    userId: 'kim\u202e',
    asOf: '2026-11-21T04:03:00Z',
    verdict: {
      ...said('user_vendor_wide', { vendor: 'xiaomi', begun: '2026-11-20T12:00:00.000Z' }),
      confidence: 'likely',
      evidence: [said('evidence_newest', { at: '2026-11-20T05:15:00.000Z' })],
      next: said('next_vendor_wide'),
      actor: 'console',
      tried: [said('tried_presence_push_online'), said('tried_traced', { n: '1' })],
    },
    presence: {
      state: 'push_online',
      platforms: [{ platform: 'Android', state: 'push_online' }],
      asOf: '2026-11-21T04:03:00Z',
    },
    campaigns: [campaign()],
    health: {
      since: '2026-11-19T16:00:00Z',
      held: 20,
      expected: 36,
      vendors: [
        {
          vendor: 'xiaomi',
          delivery: 'reported',
          sent: 900,
          delivered: 0,
          rate: 0,
          before: 0.912,
          fell: { from: '2026-11-20T12:00:00Z', to: null },
          own: true,
        },
        {
          vendor: 'fcm',
          delivery: 'unreported',
          sent: 500,
          delivered: 0,
          rate: null,
          before: null,
          fell: null,
          own: false,
        },
        {
          vendor: 'vivo',
          delivery: 'reported',
          sent: 90,
          delivered: 80,
          rate: null,
          before: null,
          fell: { from: '2026-11-20T02:00:00Z', to: '2026-11-20T05:00:00Z' },
          own: false,
        },
      ],
    },
    freshness: { state: 'fresh', place: null, etaMs: null, retryAfterMs: null, problem: null },
    ...over,
  }
}

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
    expect(seen).toContain('down from 20 Nov 10:00 to 20 Nov 13:00 90 too few —')
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

  test.each(PRESENCES)('the state %s has a name and a meaning', (state) => {
    const seen = text(user({ presence: { state, platforms: [], asOf: null } }))
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
