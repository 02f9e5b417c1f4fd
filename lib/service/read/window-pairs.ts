import 'server-only'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { LossRecord } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import { disjointWindows, uncoveredSpans } from '@/lib/report/range/disjoint-windows'
import type { Span } from '@/lib/report/range/windows'
import { countsAtAge } from '@/lib/report/tasks/counts-at-age'
import type { Context } from '@/lib/service/context'
import type { WindowCounts } from '@/lib/store/windows/window-rows'
import type { HeldWindow } from '@/lib/store/windows/windows'

/** A window of losses, and the funnel of the same window where that is stored too. */
export interface WindowPair extends Span {
  /** Epoch seconds of the older of the two fetches. */
  fetchedAt: number
  /** Null where only the funnel is stored. */
  record: LossRecord | null
  counts: WindowCounts | null
  unreadable: number
}

interface PairQuestion {
  appId: string
  source: Source
  /** '' means all pushes. */
  task: string
  range: Span
}

/**
 * Returns stored windows side by side inside a range. For all pushes these are days, and hours where no day is stored; for
 * a task whatever was fetched. Complete windows go before those without a funnel or with an array left out.
 */
export async function readWindowPairs(ctx: Context, question: PairQuestion): Promise<WindowPair[]> {
  const { task, range } = question
  if (task !== '') return disjointWindows(best(await readPairs(ctx, question, range)))
  const days = best(await readPairs(ctx, question, range, DAY))
  // Hours are read only where no day answers: a year has many.
  const gaps = uncoveredSpans(disjointWindows(days), range)
  const hours = await Promise.all(gaps.map((gap) => readPairs(ctx, question, gap, HOUR)))
  return disjointWindows(best([...days, ...hours.flat()]))
}

async function readPairs(
  ctx: Context,
  question: PairQuestion,
  { from, to }: Span,
  seconds?: number,
): Promise<WindowPair[]> {
  const { appId, source, task } = question
  const span = { appId, source, task, from, to, ...(seconds === undefined ? {} : { seconds }) }
  const [losses, statistics] = await Promise.all([
    ctx.store.windows.within({ ...span, metric: 'loss' }),
    ctx.store.windows.within({ ...span, metric: 'statistics' }),
  ])
  const funnels = new Map(statistics.map((one) => [spanKey(one), one]))
  if (task === '') return losses.filter(isOver).flatMap((one) => pairWindows(one, funnels.get(spanKey(one))) ?? [])
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
    unreadable: (loss?.unreadable ?? 0) + (statistics?.unreadable ?? 0),
  }
}

/** A window that was fetched before its end does not cover the rest of it. */
const isOver = ({ to, fetchedAt }: HeldWindow): boolean => fetchedAt >= to

function best(all: WindowPair[]): WindowPair[] {
  const complete = all.filter(({ record }) => record?.absent.length === 0)
  const losses = complete.length > 0 ? complete : all
  const paired = losses.filter(({ counts }) => counts !== null)
  return paired.length > 0 ? paired : losses
}

const spanKey = ({ from, to }: Span): string => `${from}-${to}`
