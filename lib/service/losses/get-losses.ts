import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { DAY, INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import type { LossesQuery, LossesReply, LossStageReply } from '@/lib/contract/losses'
import type { Source } from '@/lib/contract/sources'
import { funnelReport } from '@/lib/report/funnel/funnel'
import type { ReceiptChange } from '@/lib/report/funnel/receipts'
import { comparisonOf, isComparable, withChanges } from '@/lib/report/losses/compare'
import { markKnownReasons } from '@/lib/report/losses/known-reasons'
import { lossReport } from '@/lib/report/losses/loss-report'
import type { Funnel } from '@/lib/report/losses/loss-vendors'
import { iso } from '@/lib/report/range/iso-time'
import type { ResolvedRange } from '@/lib/report/range/range'
import { pastOf } from '@/lib/report/tasks/life'
import type { Context } from '@/lib/service/context'
import { type LossTrend, readLossTrend } from '@/lib/service/read/loss-trend'
import type { ReadLosses } from '@/lib/service/read/merged-losses'
import { readLifeLosses } from '@/lib/service/read/read-life-losses'
import { readLosses } from '@/lib/service/read/read-losses'
import { readReceipts } from '@/lib/service/read/read-receipts'
import type { Question } from '@/lib/service/read/resolve-question'
import { isOfLife, livesOf } from '@/lib/service/read/task-lives'
import type { Reported } from '@/lib/store/windows/window-reporting'
import words from '@/messages/en/reasons.json'

const NEVER = () => ({ count: null, days: 0 })
const NO_COUNTS = { sent: 0, delivered: 0, clicked: 0 }

/** The losses of one range: the requested one, or the one it is compared with. */
interface RangeLosses {
  range: ResolvedRange
  read: ReadLosses
  funnel: Funnel | null
  stages: LossStageReply[]
}

/**
 * Returns what was lost before and after sending, by reason, with the comparison and the daily trend. The funnel comes
 * from the same windows as the losses, so that the two can be reconciled. Tasks without a range are read over their
 * lives and have no comparison. An error of Tencent is part of the reply and never thrown. With `waitMs` null nothing is
 * requested.
 */
export async function getLosses(
  ctx: Context,
  { app, query: question }: Scoped<Question<LossesQuery>>,
  waitMs: number | null = INTERACTIVE_WAIT_MS,
): Promise<LossesReply> {
  const { query, nowS } = question
  const { source, vendor, compare } = query
  const tasks = source === 'task' && query.task.length > 0 ? query.task : ['']
  const isOverall = tasks[0] === ''
  const lives = isOfLife(query, tasks) ? await livesOf(ctx, app, 'loss', tasks) : null
  const range = lives ? { ...question.range, ...pastOf(lives, nowS), preset: null } : question.range
  const [history, receipts] = await Promise.all([
    ctx.store.windows.reporting({ appId: app.id, source, since: nowS - 30 * DAY }),
    readReceipts(ctx, app, source),
  ])
  const readRange = async (of: ResolvedRange, wait: number | null): Promise<RangeLosses> => {
    const read = lives
      ? await readLifeLosses(ctx, { app, lives }, wait)
      : await readLosses(ctx, { app, source, tasks, range: of }, wait)
    const funnel = funnelOf(read, { range: of, source, history, receipts, nowS })
    return { range: of, read, funnel, stages: lossReport({ ...read, funnel, vendor, titles: words.title }) }
  }
  const [current, compared, trend, marked] = await Promise.all([
    readRange(range, waitMs),
    compare === 'none' || lives ? null : readRange(comparisonOf(range, compare), null),
    isOverall ? readLossTrend(ctx, { app, source, to: range.to }) : null,
    ctx.store.knownReasons.list({ appId: app.id, source, nowS }),
  ])
  const { read } = current
  const stages = withTrend(withComparison(current, compared, vendor), trend)
  return {
    range: { from: iso(range.from), to: iso(range.to), tz: range.tz, preset: range.preset },
    source,
    window: { from: iso(read.window.from), to: iso(read.window.to) },
    basis: read.basis,
    tasks: isOverall ? [] : read.tasks.map(({ asOf, ...one }) => ({ ...one, asOf: asOf === null ? null : iso(asOf) })),
    comparison: compared && {
      from: iso(compared.range.from),
      to: iso(compared.range.to),
      held: isComplete(compared.read),
    },
    stages: markKnownReasons(stages, marked, trend?.lately ?? NEVER),
    days: (trend?.days ?? []).map(({ from }) => iso(from)),
    coverage: read.coverage,
    asOf: read.asOf === null ? null : iso(read.asOf),
    unreadable: read.unreadable,
    freshness: read.freshness,
  }
}

interface FunnelFacts {
  range: ResolvedRange
  source: Source
  history: Reported[]
  receipts: ReceiptChange[]
  nowS: number
}

function funnelOf(
  { counts, coverage, asOf, unreadable }: ReadLosses,
  { range, source, history, receipts, nowS }: FunnelFacts,
): Funnel | null {
  if (!counts) return null
  return funnelReport({
    range,
    source,
    tasks: [],
    records: [{ task: '', ...counts }],
    coverage,
    asOf,
    unreadable,
    nowS,
    receipts,
    history: (name, channel) => history.find((one) => one.vendor === name && one.channel === channel) ?? NO_COUNTS,
    withVendors: true,
  })
}

/** Only complete ranges can be compared: a part of one against the whole of another would mislead. */
const isComplete = ({ coverage, record }: ReadLosses): boolean => record !== null && coverage.held === coverage.expected

function withComparison(
  current: RangeLosses,
  compared: RangeLosses | null,
  vendor: string | undefined,
): LossStageReply[] {
  if (!compared || !isComplete(current.read) || !isComplete(compared.read)) return current.stages
  const funnels = [current.funnel, compared.funnel]
  return withChanges(current.stages, compared.stages, (stage) => isComparable(stage, vendor, funnels))
}

function withTrend(stages: LossStageReply[], trend: LossTrend | null): LossStageReply[] {
  if (!trend || trend.days.length === 0) return stages
  return stages.map((stage) => ({
    ...stage,
    reasons:
      stage.reasons?.map((row) => ({
        ...row,
        trend: row.vendors.map(({ vendor, channel }) => ({
          vendor,
          channel,
          counts: trend.of(stage.stage, row.code, { vendor, channel }),
        })),
      })) ?? null,
  }))
}
