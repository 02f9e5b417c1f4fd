import 'server-only'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import type { Source } from '@/lib/contract/sources'
import { isBucket } from '@/lib/report/collect/plan-buckets'
import { lacksVendors } from '@/lib/report/funnel/counts'
import type { LossWindow } from '@/lib/report/losses/loss-vendors'
import { disjointWindows, uncoveredSpans } from '@/lib/report/range/disjoint-windows'
import { earliestAskable, refreshDueAt, type Span } from '@/lib/report/range/windows'
import { countsAtAge } from '@/lib/report/tasks/counts-at-age'
import type { ReportContext } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import type { HeldWindow } from '@/lib/store/windows/windows'

/** A window of losses, and the funnel of the same window where that is stored too. `record` is null without losses. */
export interface WindowPair extends LossWindow {
  /** Epoch seconds of the older of the two fetches. */
  fetchedAt: number
  unreadable: number
  /** When the first of the two needs a refresh, in epoch seconds; Infinity where both are final. */
  dueAt: number
}

interface PairQuestion {
  app: Pick<AppRow, 'id' | 'utcOffsetMin'>
  source: Source
  /** '' means all pushes. */
  task: string
  range: Span
}

/**
 * Returns stored windows side by side inside a range. For all pushes these are the app's days, and hours where no day is
 * stored; for a task whatever was fetched. Complete windows go before those with a list left out, without a funnel, or
 * whose funnel has no vendors.
 */
export async function readWindowPairs(ctx: ReportContext, question: PairQuestion): Promise<WindowPair[]> {
  const { task, range } = question
  if (task !== '') return disjointWindows(best(await readPairs(ctx, question, range)))
  const days = best(await readPairs(ctx, question, range, DAY))
  // Hours are read only where no day answers: a year has many.
  const gaps = uncoveredSpans(disjointWindows(days), range)
  const hours = await Promise.all(gaps.map((gap) => readPairs(ctx, question, gap, HOUR)))
  return disjointWindows(best([...days, ...hours.flat()]))
}

async function readPairs(
  ctx: ReportContext,
  question: PairQuestion,
  { from, to }: Span,
  seconds?: number,
): Promise<WindowPair[]> {
  const { app, source, task } = question
  const appId = app.id
  const span = { appId, source, task, from, to, ...(seconds === undefined ? {} : { seconds }) }
  const [losses, statistics] = await Promise.all([
    ctx.store.windows.within({ ...span, metric: 'loss' }),
    ctx.store.windows.within({ ...span, metric: 'statistics' }),
  ])
  const funnels = new Map(statistics.map((one) => [spanKey(one), one]))
  if (task === '') {
    // Exact ranges can be a day or an hour long too. They would leave gaps beside the buckets.
    const buckets = losses.filter((one) => isOver(one) && isBucket(one, app.utcOffsetMin))
    return buckets.flatMap((one) => pairWindows(one, funnels.get(spanKey(one))) ?? [])
  }
  const observed = await ctx.store.observations.of({ appId, task })
  const nowS = ctx.clock.dataS()
  return losses.flatMap((one) => {
    const pair = pairWindows(one, funnels.get(spanKey(one)))
    // Tencent answers losses of a life for a week and its funnel for a month. The counts of that week belong to the losses.
    const then = countsAtAge(observed, { sentAt: one.from, age: one.fetchedAt - one.from, nowS })
    return pair ? { ...pair, counts: pair.counts ?? then?.counts ?? null } : []
  })
}

/** Pairs the two windows of one span; null where neither is stored. */
export function pairWindows(loss: HeldWindow | undefined, statistics: HeldWindow | undefined): WindowPair | null {
  const some = loss ?? statistics
  if (!some) return null
  return {
    from: some.from,
    to: some.to,
    fetchedAt: Math.min(loss?.fetchedAt ?? Infinity, statistics?.fetchedAt ?? Infinity),
    record: loss ? { task: loss.task, rows: loss.losses ?? [], absent: loss.absent } : null,
    counts: statistics?.counts ?? null,
    reasonsGone: false,
    unreadable: (loss?.unreadable ?? 0) + (statistics?.unreadable ?? 0),
    dueAt: Math.min(dueAt(loss), dueAt(statistics)),
  }
}

function dueAt(one: HeldWindow | undefined): number {
  return one && !one.final ? refreshDueAt(one.to, one.fetchedAt) : Infinity
}

/** Returns whether a refresh of the pair is due. Beyond the horizon of losses there is none. */
export function isPairStale({ from, dueAt }: WindowPair, nowS: number): boolean {
  return nowS > dueAt && from >= earliestAskable(HORIZON.loss, nowS)
}

/** Returns whether the pairs cover all of a span, with both metrics, every list of losses and vendors. */
export function pairsCover(pairs: readonly WindowPair[], span: Span): boolean {
  const isComplete = ({ record, counts }: WindowPair) =>
    counts !== null && !lacksVendors(counts) && record?.absent.length === 0
  return uncoveredSpans(pairs, span).length === 0 && pairs.every(isComplete)
}

/** A window that was fetched before its end does not cover the rest of it. */
const isOver = ({ to, fetchedAt }: HeldWindow): boolean => fetchedAt >= to

function best(all: WindowPair[]): WindowPair[] {
  const complete = prefer(all, ({ record }) => record?.absent.length === 0)
  const paired = prefer(complete, ({ counts }) => counts !== null)
  return prefer(paired, ({ counts }) => counts !== null && !lacksVendors(counts))
}

/** Returns those that pass, or all where none does. */
function prefer(all: WindowPair[], passes: (one: WindowPair) => boolean): WindowPair[] {
  const passed = all.filter(passes)
  return passed.length > 0 ? passed : all
}

const spanKey = ({ from, to }: Span): string => `${from}-${to}`
