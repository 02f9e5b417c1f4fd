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

/** A window of losses, and the funnel of the very same window where that is held too. */
export interface Pair extends Span {
  /** Epoch seconds of the older of the two fetches. */
  fetchedAt: number
  /** Null where only the funnel is held. */
  record: LossRecord | null
  counts: WindowCounts | null
  unreadable: number
}

interface Question {
  appId: string
  source: Source
  /** '' is the overall. */
  task: string
  range: Span
}

/**
 * Held windows side by side inside a range: of the overall its days, and hours where no day is held; of a task whatever
 * was asked of it. Windows without their funnel, or with an array left out, stand back behind those that have all.
 */
export async function heldPairs(ctx: Context, question: Question): Promise<Pair[]> {
  const { task, range } = question
  if (task !== '') return disjointWindows(best(await pairs(ctx, question, range)))
  const days = best(await pairs(ctx, question, range, DAY))
  // Of a year only the hours that no day answers are read.
  const gaps = uncoveredSpans(disjointWindows(days), range)
  const hours = await Promise.all(gaps.map((gap) => pairs(ctx, question, gap, HOUR)))
  return disjointWindows(best([...days, ...hours.flat()]))
}

async function pairs(ctx: Context, question: Question, { from, to }: Span, seconds?: number): Promise<Pair[]> {
  const { appId, source, task } = question
  const span = { appId, source, task, from, to, ...(seconds === undefined ? {} : { seconds }) }
  const [losses, statistics] = await Promise.all([
    ctx.store.windows.within({ ...span, metric: 'loss' }),
    ctx.store.windows.within({ ...span, metric: 'statistics' }),
  ])
  const twins = new Map(statistics.map((one) => [key(one), one]))
  if (task === '') return losses.filter(isOver).flatMap((one) => pairOf(one, twins.get(key(one))) ?? [])
  const observed = await ctx.store.observations.of({ appId, task })
  const nowS = ctx.clock.dataS()
  return losses.flatMap((one) => {
    const pair = pairOf(one, twins.get(key(one)))
    // The losses of a life are told for a week and its funnel for a month: what was counted when they were told is theirs.
    const then = countsAtAge(observed, { sentAt: one.from, age: one.fetchedAt - one.from, nowS })
    return pair ? { ...pair, counts: pair.counts ?? then?.counts ?? null } : []
  })
}

/** Null where neither is held. */
export function pairOf(loss: HeldWindow | undefined, statistics: HeldWindow | undefined): Pair | null {
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

/** Asked for before its end a window says nothing of the rest of it. */
const isOver = ({ to, fetchedAt }: HeldWindow): boolean => fetchedAt >= to

function best(all: Pair[]): Pair[] {
  const whole = all.filter(({ record }) => record?.absent.length === 0)
  const told = whole.length > 0 ? whole : all
  const paired = told.filter(({ counts }) => counts !== null)
  return paired.length > 0 ? paired : told
}

const key = ({ from, to }: Span): string => `${from}-${to}`
