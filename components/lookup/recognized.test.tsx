import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { SearchBox } from '@/components/frame/box/search-box'
import type { Viewer } from '@/components/frame/viewer'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import type { AppReply } from '@/lib/contract/apps'
import { type Candidate, JUNK, type LookupView, OBJECTIONS } from '@/lib/contract/lookup-text'
import type { Role } from '@/lib/contract/roles'
import { Lookup } from './lookup'
import { Recognized } from './recognized'

const NOW = Date.parse('2026-11-21T08:00:00Z') / 1_000
const app = (role: Role): AppReply => ({
  id: '14001',
  sdkAppId: 14_001,
  name: 'Shop',
  role,
  demo: false,
  region: 'china',
  utcOffset: '+08:00',
  origin: 'environment',
})
const viewer = (role: Role): Viewer => ({ person: null, apps: [app(role)], app: app(role) })

const one = (over: Partial<Candidate>): Candidate => ({
  kind: 'push',
  pushId: null,
  taskId: null,
  userId: null,
  userIds: [],
  code: null,
  sentAt: null,
  sdkAppId: null,
  objections: [],
  ...over,
})
function seen(candidates: Candidate[], over: Partial<LookupView> = {}, locale: Locale = 'en') {
  const looked: LookupView = {
    nowS: NOW,
    text: 'x',
    seen: { kind: 'ids', candidates, sure: candidates.length === 1 },
    hrefs: candidates.map((_, n) => `/lookup?k=${n}`),
    anyway: null,
    press: null,
    elsewhere: null,
    campaigns: null,
    user: null,
    trace: null,
    ...over,
  }
  return renderToStaticMarkup(
    <Recognized app={app('support')} appParam={null} lookedUp={looked} words={wordsIn(locale)} />,
  )
}

describe('the search box', () => {
  const box = (role: Role) => renderToStaticMarkup(<SearchBox viewer={viewer(role)} words={wordsIn()} />)

  test('is a named search that works without scripts', () => {
    const markup = box('support')
    expect(markup).toContain('<search')
    expect(markup).toContain('action="/lookup"')
    expect(markup).toMatch(/<textarea[^>]+name="q"/)
    expect(markup).toContain('type="submit"')
    expect(markup).toContain('aria-keyshortcuts="Control+K Meta+K /"')
  })

  test.each(['viewer', 'editor'] as const)(
    'searches codes for a %s, and links to no page that the role excludes',
    (role) => {
      expect(box(role)).toContain('action="/losses/code"')
      expect(box(role)).not.toContain('/lookup')
      expect(box(role)).toContain('Look up an error code')
    },
  )

  test('keeps the pasted text without control characters', () => {
    const page = renderToStaticMarkup(
      <Lookup viewer={viewer('support')} text={'a\u202eb\nc'} who="p" answer="the answer" words={wordsIn()} />,
    )
    expect(page).toContain('ab\nc</textarea>')
    expect(page).toContain('the answer')
  })

  test('explains where to find IDs before the first look-up', () => {
    const page = renderToStaticMarkup(
      <Lookup viewer={viewer('support')} text="" who="p" answer={null} words={wordsIn()} />,
    )
    expect(visibleText(page)).toContain('How to find the right ID')
  })
})

describe('a recognized text', () => {
  const task = one({ kind: 'task_user', taskId: 'T_1', userId: 'kim', sentAt: NOW - 7_200, sdkAppId: 14_002 })

  test('is shown with its kind, IDs, time of sending and app', () => {
    expect(visibleText(seen([task]))).toContain(
      'Recognised as TaskID of a campaign with a UserID T_1 · kim Sent 21 Nov 14:00 (UTC+8), 2 h 0 min ago SDKAppID 14002',
    )
  })

  test('with an objection shows it, sends no request, and offers both ways on', () => {
    const against = { ...task, objections: ['other_app' as const, 'too_old' as const], sentAt: NOW - 9.5 * 86_400 }
    const elsewhere = { name: 'Other shop', href: '/lookup?app=14002&k=z' }
    const markup = seen([against], { anyway: '/lookup?k=0&anyway=1', elsewhere })
    const text = visibleText(markup)
    expect(text).toContain('Not looked up yet')
    expect(text).toContain('This ID belongs to SDKAppID 14002, not to Shop.')
    expect(text).toContain('this push is 9 days old')
    expect(markup).toContain('role="alert"')
    expect(markup).toContain('href="/lookup?k=0&amp;anyway=1"')
    expect(text).toContain('Switch to Other shop')
  })

  test('after a link of another site waits for a press', () => {
    const markup = seen([one({ pushId: 'p' })], { press: '/lookup?k=0' })
    expect(markup).toContain('href="/lookup?k=0"')
    expect(visibleText(markup)).toContain(wordsIn().t('lookup.press.title'))
  })

  test('that was tried anyway, or is stored, has no warning', () => {
    expect(seen([{ ...task, objections: ['too_old'] }])).not.toContain('role="alert"')
  })

  test('with several meanings is a choice, the best first', () => {
    const markup = seen([one({ kind: 'code', code: '410' }), one({ kind: 'user', userId: '410' })])
    expect(visibleText(markup)).toMatch(/This input has more than one meaning.*Error code 410.*UserID 410/)
    expect(markup).toContain('href="/losses/code?code=410')
    expect(markup).toContain('href="/lookup?k=1"')
  })

  test.each([
    ['task', { taskId: 'T_1' }, 'userId', ['taskId']],
    ['user', { userId: 'kim' }, 'taskId', ['userId']],
    ['users', { userIds: ['kim', 'lee'] }, 'taskId', ['q']],
  ] as const)('that is a %s alone asks for the other half, with the field focused', (kind, fields, missing, hidden) => {
    const markup = seen([one({ kind, ...fields, userIds: [...('userIds' in fields ? fields.userIds : [])] })])
    expect(markup).toMatch(new RegExp(`<input(?=[^>]*autofocus)[^>]*name="${missing}"`))
    for (const name of hidden) expect(markup).toMatch(new RegExp(`<input[^>]*type="hidden" name="${name}"`))
  })

  const lunch = { taskId: 'T_9', label: 'Lunch', sentAt: '2026-11-20T04:00:00Z', href: '/lookup/bulk#s1.x' }

  test('that is several users offers campaigns, and the field for another one', () => {
    const users = one({ kind: 'users', userIds: ['kim', 'lee'] })
    const markup = seen([users], { campaigns: [lunch] })
    expect(visibleText(markup)).toMatch(/Look up 2 users in one of the newest campaigns. Lunch T_9 Sent 20 Nov 12:00/)
    expect(markup).toContain('href="/lookup/bulk#s1.x"')
    expect(markup).toContain('name="taskId"')
    expect(visibleText(seen([users], { campaigns: [] }))).toContain('No campaign of the last 7 days is listed')
  })

  test('that is an address offers the user and the campaigns that contain it', () => {
    const open = { kind: 'ids' as const, candidates: [one({ kind: 'user', userId: 'kim@example.com' })], sure: false }
    const text = (campaigns: LookupView['campaigns']) => visibleText(seen(open.candidates, { seen: open, campaigns }))
    expect(text([lunch])).toMatch(
      /A user or a campaign\? UserID kim@example.com Campaigns that contain this text Lunch T_9/,
    )
    expect(text([])).toContain('No campaign contains it.')
  })

  test('is text, whatever it contains', () => {
    const markup = seen([one({ kind: 'user', userId: '<img src=x>\u202e' })])
    expect(markup).not.toContain('<img')
    expect(visibleText(markup)).not.toContain('\u202e')
  })
})

describe.each(LOCALES)('in %s', (locale) => {
  test('every kind of unusable text has its own message, with help to find the right ID', () => {
    const said = JUNK.map((why) => visibleText(seen([], { seen: { kind: 'junk', why } }, locale)))
    expect(new Set(said).size).toBe(JUNK.length)
    for (const text of said) expect(text).toContain(messagesOf(locale).box.how.title)
  })

  test('every objection has its own message', () => {
    const said = OBJECTIONS.map((objection) =>
      visibleText(seen([one({ pushId: 'p', objections: [objection] })], { anyway: '/x' }, locale)),
    )
    expect(new Set(said).size).toBe(OBJECTIONS.length)
  })
})
