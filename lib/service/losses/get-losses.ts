import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import type { LossesQuery, LossesReply, LossStageReply } from '@/lib/contract/losses'
import { sumPieces } from '@/lib/report/funnel/series-report'
import { isComparable, withChanges } from '@/lib/report/losses/compare'
import { markKnownReasons } from '@/lib/report/losses/known-reasons'
import { withTopReason } from '@/lib/report/losses/top-reason'
import { comparisonOf } from '@/lib/report/range/comparison'
import { iso } from '@/lib/report/range/iso-time'
import type { ResolvedRange } from '@/lib/report/range/range'
import { pastOf } from '@/lib/report/tasks/life'
import type { ReportContext } from '@/lib/service/context'
import { type LossTrend, readLossTrend } from '@/lib/service/read/losses/loss-trend'
import type { ReadLosses } from '@/lib/service/read/losses/merged-losses'
import { asReader, type ReaderContext } from '@/lib/service/read/reader'
import type { Question } from '@/lib/service/read/resolve-question'
import { shareWithinSecond } from '@/lib/service/read/share-within-second'
import { shareReply } from '@/lib/service/read/shared-replies'
import { isOfLife, livesOf } from '@/lib/service/read/task-lives'
import type { KnownReason } from '@/lib/store/tasks/known-reasons'
import { type RangeLosses, readLossStages } from './loss-stages'

const NEVER = () => ({ count: null, days: 0 })

/**
 * Returns what was lost before and after sending, by reason, with the comparison and the daily trend. The funnel comes
 * from the same windows as the losses, so that the two can be reconciled. Tasks without a range are read over their
 * lives and have no comparison. An error of Tencent is part of the reply and never thrown. With `waitMs` null nothing is
 * requested. Identical requests share a reply.
 */
export async function getLosses(
  ctx: ReportContext,
  scoped: Scoped<Question<LossesQuery>>,
  waitMs: number | null = INTERACTIVE_WAIT_MS,
): Promise<LossesReply> {
  const { app, principal, query: question } = scoped
  const { query, nowS } = question
  const marked = await ctx.store.knownReasons.list({ appId: app.id, source: query.source, nowS })
  const reader = asReader(ctx, principal)
  const makeReply = (ms: number | null) => lossesOf(reader, scoped, marked, ms)
  if (query.task.length > 0) return makeReply(waitMs)
  const key = JSON.stringify([app.id, app.archiveRevision, app.utcOffsetMin, question, marked])
  if (waitMs !== null) return shareReply(reader, ctx.caches.losses, { key, waitMs }, makeReply)
  return shareWithinSecond(ctx, ctx.caches.losses, `stored ${key}`, { make: () => makeReply(null) })
}

async function lossesOf(
  ctx: ReaderContext,
  { app, query: question }: Scoped<Question<LossesQuery>>,
  marked: KnownReason[],
  waitMs: number | null,
): Promise<LossesReply> {
  const { query, nowS } = question
  const { source, vendor, compare } = query
  const tasks = source === 'task' && query.task.length > 0 ? query.task : ['']
  const isOverall = tasks[0] === ''
  const lives = isOfLife(query, tasks) ? await livesOf(ctx, app, 'loss', tasks) : null
  const range = lives ? { ...question.range, ...pastOf(lives, nowS), preset: null } : question.range
  const readRange = (of: ResolvedRange, wait: number | null) =>
    readLossStages(ctx, { app, source, tasks, range: of, lives, vendor }, wait)
  const [current, compared, trend] = await Promise.all([
    readRange(range, waitMs),
    compare === 'none' || lives ? null : readRange(comparisonOf(range, compare), null),
    isOverall ? readLossTrend(ctx, { app, source, to: range.to }) : null,
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
    stages: withTopReason(markKnownReasons(stages, marked, trend?.lately ?? NEVER)),
    days: (trend?.days ?? []).map(({ from }) => iso(from)),
    coverage: read.coverage,
    asOf: read.asOf === null ? null : iso(read.asOf),
    unreadable: read.unreadable,
    difference: read.difference,
    freshness: read.freshness,
  }
}

/** Only complete ranges can be compared: a part of one against the whole of another would mislead. */
const isComplete = ({ coverage, windows }: ReadLosses): boolean =>
  windows.some(({ record }) => record !== null) && coverage.held === coverage.expected

function withComparison(
  current: RangeLosses,
  compared: RangeLosses | null,
  vendor: string | undefined,
): LossStageReply[] {
  if (!compared || !isComplete(current.read) || !isComplete(compared.read)) return current.stages
  const funnels = [current, compared].map(({ read }) => sumPieces(read.windows))
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
