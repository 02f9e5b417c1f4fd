import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { Trace } from '@/components/lookup/trace'
import { CodeReport } from '@/components/losses/code-report'
import { LossReport } from '@/components/losses/report'
import { WAITING as LOSSES_WAITING, losses, stage } from '@/components/losses/testing/samples'
import { Report } from '@/components/overview/report'
import { Trend } from '@/components/overview/trend/trend'
import { WAITING as FUNNEL_WAITING, funnel, NOTHING, TOTAL } from '@/components/report/testing/funnel-samples'
import { EXPIRED, STOPPED, WAITING as TRACE_WAITING } from '@/components/report/testing/trace-samples'
import { allReplies } from '@/components/report/trace/all-replies'
import { user } from '@/components/user/testing/samples'
import { User } from '@/components/user/user'
import { isAwaited } from '@/lib/contract/awaited'
import type { ErrorCode } from '@/lib/contract/errors'
import { type Freshness, freshness } from '@/lib/contract/freshness'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { LossesReply } from '@/lib/contract/losses'
import type { TraceReply } from '@/lib/contract/traces'
import type { UserReply } from '@/lib/contract/users'

/** Every report page in every state. Placeholders and waiting words are drawn only while an answer is on its way. */
const words = wordsIn()
const note = (code: ErrorCode) => ({ code, title: '', detail: '', upstreamCode: null, since: null })
const QUIET: Freshness = { state: 'fresh', place: null, etaMs: null, retryAfterMs: null, problem: null }
const UPSTREAM: ErrorCode[] = [
  'upstream_bad_request',
  'upstream_unknown_user',
  'upstream_data_expired',
  'upstream_credential',
  'upstream_timeout',
]

const SETTLED: [string, Freshness][] = [
  ['fresh', QUIET],
  ['final without a problem', { ...QUIET, state: 'final' }],
  ...UPSTREAM.flatMap((code): [string, Freshness][] => [
    [`final: ${code}`, { ...QUIET, state: 'final', problem: note(code) }],
    [`failing: ${code}`, { ...QUIET, state: 'pending', retryAfterMs: 5_000, problem: note(code) }],
    [`failing, with data: ${code}`, { ...QUIET, state: 'stale', retryAfterMs: 5_000, problem: note(code) }],
  ]),
]
const AWAITED: [string, Freshness][] = [
  ['in the queue', { ...QUIET, state: 'pending', place: 3, etaMs: 3_600, retryAfterMs: 1_500 }],
  ['under way', { ...QUIET, state: 'pending', retryAfterMs: 500 }],
]

const tasksOf = (...totals: FunnelReply['tasks'][number]['total'][]) =>
  totals.map((total, i) => ({ task: `task-${i}`, total, vendors: [] }))
const lost = { held: 0, expected: 1, missing: [{ from: FUNNEL_WAITING.range.from, to: FUNNEL_WAITING.range.to }] }
const LOST: FunnelReply['coverage'] = { ...lost, missing: lost.missing.map((one) => ({ ...one, state: 'expired' })) }

const FUNNELS: [string, FunnelReply][] = [
  ['numbers', funnel()],
  ['nothing stored', FUNNEL_WAITING],
  ['a range wholly lost', { ...FUNNEL_WAITING, coverage: LOST, interval: 'day' }],
  ['a TaskID absent from Results', { ...FUNNEL_WAITING, asOf: funnel().asOf, tasks: tasksOf(null), interval: 'day' }],
  ['several campaigns', { ...FUNNEL_WAITING, asOf: funnel().asOf, tasks: tasksOf(TOTAL, null) }],
  ['nothing sent', NOTHING],
]
const LOSSES: [string, LossesReply][] = [
  ['numbers', losses()],
  ['nothing stored', LOSSES_WAITING],
  ['a range wholly lost', { ...LOSSES_WAITING, coverage: LOST }],
  [
    'a TaskID absent from Results',
    {
      ...LOSSES_WAITING,
      asOf: losses().asOf,
      tasks: [{ task: 'a', known: false, held: 1, expected: 1, asOf: losses().asOf }],
    },
  ],
  ['nothing lost', losses({ stages: [stage({ lost: 0, explained: 0, unexplained: 0, reasons: [] })] })],
]
const TRACES: [string, TraceReply][] = [
  ['a verdict', STOPPED],
  ['nothing stored', TRACE_WAITING],
  ['a push beyond the horizon', EXPIRED],
]
const USERS: [string, UserReply][] = [
  ['a verdict', user()],
  ['no campaign', user({ campaigns: [] })],
]

const PAGES: Record<string, [string, (freshness: Freshness) => string][]> = {
  overview: FUNNELS.map(([name, reply]) => [
    name,
    (freshness) =>
      draw(
        <Report
          reply={{ ...reply, freshness }}
          trend={<Trend reply={{ ...reply, freshness }} links={[]} words={words} />}
          words={words}
        />,
      ),
  ]),
  losses: LOSSES.map(([name, reply]) => [
    name,
    (freshness) =>
      draw(
        <LossReport
          reply={{ ...reply, freshness }}
          app={null}
          view={{ source: 'task' }}
          grouping="code"
          words={words}
        />,
      ),
  ]),
  code: LOSSES.map(([name, reply]) => [
    name,
    (freshness) => draw(<CodeReport code="410" entries={[]} reply={{ ...reply, freshness }} words={words} />),
  ]),
  'look-up': TRACES.map(([name, reply]) => [
    name,
    (freshness) =>
      draw(<Trace reply={{ ...reply, freshness }} tz="+08:00" about="a" replies={allReplies()} words={words} />),
  ]),
  user: USERS.map(([name, reply]) => [
    name,
    (freshness) =>
      draw(
        <User
          reply={{ ...reply, freshness }}
          app={{ name: 'Shop', sdkAppId: 14, utcOffset: '+08:00' }}
          viewerZone={null}
          replies={allReplies()}
          words={words}
        />,
      ),
  ]),
}

const draw = (element: React.ReactElement) => renderToStaticMarkup(element)
const PLACEHOLDER = /class="waiting[ "]/
const WAITING_WORDS = /Fetching from Tencent|in queue|Checking the latest campaigns|appear here when Tencent/

describe.each(Object.entries(PAGES))('%s', (page, replies) => {
  test.each(replies)('%s: a settled answer shows nothing as waiting, and says something', (_, html) => {
    for (const [state, settled] of SETTLED) {
      expect(isAwaited(freshness.parse(settled)), state).toBe(false)
      const markup = html(settled)
      expect(markup, state).not.toMatch(PLACEHOLDER)
      expect(visibleText(markup), state).not.toMatch(WAITING_WORDS)
      expect(visibleText(markup).length, state).toBeGreaterThan(20)
    }
  })

  test('an answer that is on its way says so', () => {
    const [, open] = replies.find(([name]) => name === 'nothing stored') ?? replies[0] ?? []
    for (const [state, awaited] of AWAITED) {
      const markup = open?.(awaited) ?? ''
      if (page !== 'user' && page !== 'code') expect(markup, state).toMatch(PLACEHOLDER)
      expect(visibleText(markup), state).toMatch(WAITING_WORDS)
    }
  })
})

describe('each settled state has its own sentence', () => {
  const EXPIRED_NOTE: Freshness = { ...QUIET, state: 'final', problem: note('upstream_data_expired') }
  const seen = (page: string, name: string, state: Freshness) => {
    const [, html] = PAGES[page]?.find(([one]) => one === name) ?? []
    return visibleText(html?.(state) ?? '')
  }

  test('a range wholly lost: that Tencent no longer has it, and to choose a later one', () => {
    for (const page of ['overview', 'losses', 'code']) {
      const text = seen(page, 'a range wholly lost', EXPIRED_NOTE)
      expect(text).toContain('Tencent no longer has this data')
      expect(text).toContain('Choose a later range')
      expect(text).not.toContain('Try again')
    }
  })

  test('a TaskID absent from Results: to check the TaskID', () => {
    expect(seen('overview', 'a TaskID absent from Results', QUIET)).toContain(
      'Tencent has no results for this campaign Check the TaskID',
    )
    expect(seen('losses', 'a TaskID absent from Results', QUIET)).toContain('Tencent has no data for this TaskID')
  })

  test('several campaigns: the counts of each, and which one Tencent does not return', () => {
    const text = seen('overview', 'several campaigns', QUIET)
    expect(text).toContain('task-0 974,535 891,866')
    expect(text).toContain('task-1 Tencent has no results for this campaign')
  })

  test('nothing sent: that nothing was sent, and where else to look', () => {
    expect(seen('overview', 'nothing sent', QUIET)).toContain('No pushes in this range')
  })

  test('refused for good: why, what to do, and no offer to try again', () => {
    const refused: Freshness = { ...QUIET, state: 'final', problem: note('upstream_bad_request') }
    for (const page of ['overview', 'losses', 'look-up']) {
      const text = seen(page, 'nothing stored', refused)
      expect(text).toContain('Tencent refused the request')
      expect(text).toContain('Check the IDs and the range')
      expect(text).not.toContain('Try again')
    }
  })

  test('an unknown user: the verdict alone says it', () => {
    const unknown: Freshness = { ...QUIET, state: 'final', problem: note('upstream_unknown_user') }
    expect(seen('look-up', 'nothing stored', unknown)).toContain('Tencent does not know this UserID')
    expect(seen('user', 'a verdict', unknown)).not.toContain('Tencent does not know this UserID')
  })
})
