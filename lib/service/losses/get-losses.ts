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
import { type ResolvedRange, resolveRange } from '@/lib/report/range/range'
import { pastOf } from '@/lib/report/tasks/life'
import type { Context } from '@/lib/service/context'
import { type LossTrend, readLossTrend } from '@/lib/service/read/loss-trend'
import { readLifeLosses } from '@/lib/service/read/read-life-losses'
import { readLosses } from '@/lib/service/read/read-losses'
import { readReceipts } from '@/lib/service/read/read-receipts'
import type { ReadLosses } from '@/lib/service/read/summed-losses'
import { isOfLife, livesOf } from '@/lib/service/read/task-lives'
import type { Reported } from '@/lib/store/windows/window-reporting'
import words from '@/messages/en/reasons.json'

const NEVER = () => ({ count: null, days: 0 })
const NOTHING = { sent: 0, delivered: 0, clicked: 0 }

interface Side {
  range: ResolvedRange
  read: ReadLosses
  funnel: Funnel | null
  stages: LossStageReply[]
}

/**
 * What was lost before and after sending, and by which reasons, against the comparison and day by day. The funnel is
 * read over the very windows the losses are told of, so that the two can be reconciled. Tasks without a range are told
 * of over their lives, which nothing comes before. Never fails because the upstream does; `waitMs` null asks it nothing.
 */
export async function getLosses(
  ctx: Context,
  { app, query }: Scoped<LossesQuery>,
  waitMs: number | null = INTERACTIVE_WAIT_MS,
): Promise<LossesReply> {
  const nowS = ctx.clock.dataS()
  const { source, vendor, compare } = query
  const tasks = source === 'task' && query.task.length > 0 ? query.task : ['']
  const overall = tasks[0] === ''
  const lives = isOfLife(query, tasks) ? await livesOf(ctx, app, 'loss', tasks) : null
  const resolved = resolveRange(query, { nowS, appOffsetMin: app.utcOffsetMin })
  const range = lives ? { ...resolved, ...pastOf(lives, nowS), preset: null } : resolved
  const [past, receipts] = await Promise.all([
    ctx.store.windows.reporting({ appId: app.id, source, since: nowS - 30 * DAY }),
    readReceipts(ctx, app, source),
  ])
  const side = async (of: ResolvedRange, wait: number | null): Promise<Side> => {
    const read = lives
      ? await readLifeLosses(ctx, { app, lives }, wait)
      : await readLosses(ctx, { app, source, tasks, range: of }, wait)
    const funnel = funnelOf(read, { range: of, source, past, receipts, nowS })
    return { range: of, read, funnel, stages: lossReport({ ...read, funnel, vendor, titles: words.title }) }
  }
  const [here, there, trend, marked] = await Promise.all([
    side(range, waitMs),
    compare === 'none' || lives ? null : side(comparisonOf(range, compare), null),
    overall ? readLossTrend(ctx, { app, source, to: range.to }) : null,
    ctx.store.knownReasons.list({ appId: app.id, source, nowS }),
  ])
  const { read } = here
  return {
    range: { from: iso(range.from), to: iso(range.to), tz: range.tz, preset: range.preset },
    source,
    window: { from: iso(read.window.from), to: iso(read.window.to) },
    basis: read.basis,
    tasks: overall ? [] : read.tasks.map(({ asOf, ...one }) => ({ ...one, asOf: asOf === null ? null : iso(asOf) })),
    comparison: there && { from: iso(there.range.from), to: iso(there.range.to), held: isWhole(there.read) },
    stages: markKnownReasons(withTrend(compared(here, there, vendor), trend), marked, trend?.lately ?? NEVER),
    days: (trend?.days ?? []).map(({ from }) => iso(from)),
    coverage: read.coverage,
    asOf: read.asOf === null ? null : iso(read.asOf),
    unreadable: read.unreadable,
    freshness: read.freshness,
  }
}

interface Standing {
  range: ResolvedRange
  source: Source
  past: Reported[]
  receipts: ReceiptChange[]
  nowS: number
}

function funnelOf(
  { counts, coverage, asOf, unreadable }: ReadLosses,
  { range, source, past, receipts, nowS }: Standing,
): Funnel | null {
  if (!counts) return null
  return funnelReport({
    ...{ range, source, tasks: [], records: [{ task: '', ...counts }], coverage, asOf, unreadable, nowS },
    receipts,
    history: (name, channel) => past.find((one) => one.vendor === name && one.channel === channel) ?? NOTHING,
    withVendors: true,
  })
}

/** A part of a time against the whole of another would say nothing. */
const isWhole = ({ coverage, record }: ReadLosses): boolean => record !== null && coverage.held === coverage.expected

function compared(here: Side, there: Side | null, vendor: string | undefined): LossStageReply[] {
  if (!there || !isWhole(here.read) || !isWhole(there.read)) return here.stages
  return withChanges(here.stages, there.stages, (stage) => isComparable(stage, vendor, [here.funnel, there.funnel]))
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
