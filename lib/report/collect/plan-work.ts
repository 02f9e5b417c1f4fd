import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import { METRICS, type Metric } from '@/lib/contract/sources'
import { earliestAskable, refreshDueAt, type Span, stateOfWindow } from '@/lib/report/range/windows'
import { bucketsIn, firstTotals, GRAINS, type Grain, midnightBefore } from './plan-buckets'

/** The fields of a stored window that planning needs. Epoch seconds. */
export interface WindowHeader extends Span {
  metric: Metric
  fetchedAt: number
  final: boolean
}

/** One span to fetch, with its metrics together. */
export interface Work extends Span {
  /** The metrics that are missing or stale: the reason for the fetch. */
  due: Metric[]
  /** The metrics to fetch. A bucket's statistics and losses are fetched together, so that both are from one moment. */
  metrics: Metric[]
  priority: 'urgent' | 'newest' | 'settling' | 'fill'
  /** Since when it has been due, in epoch seconds. */
  dueAt: number
}

export interface WorkPlan {
  /** Most urgent first. */
  work: Work[]
  /** When the next work is due, in epoch seconds, whatever is fetched meanwhile. */
  nextAt: number
}

interface Ranked {
  work: Work
  /** Lower ranks go first. Within a rank the lower `order` goes first. */
  rank: number
  order: number
}

/**
 * A missing bucket that ended within NEWS_S is news. One that Tencent forgets within URGENT_S goes before everything
 * else. Hours that ended within RECENT_S are what people look at first, so they go before days and older hours.
 */
const NEWS_S = 2 * HOUR
const URGENT_S = HOUR
const RECENT_S = 2 * DAY
const RANK = { urgent: 0, newest: 1, settling: 2, total: 3, recent: 4, day: 5, hour: 6 } as const

/**
 * Plans everything that one source still needs at `nowS`, from the stored windows and the clock alone. The order is:
 * what Tencent is about to forget, what has just ended and today, what may have grown, the totals of the preset ranges,
 * the last 48 hours with the newest first, days, then the other hours with those first that expire first.
 */
export function planWork({
  held,
  nowS,
  offsetMin,
  byDay = false,
  fillFrom = null,
}: {
  held: WindowHeader[]
  nowS: number
  offsetMin: number
  /** The archive keeps days and no hours. */
  byDay?: boolean
  /** Nothing from before this second is planned; null to plan everything that Tencent has. */
  fillFrom?: number | null
}): WorkPlan {
  const index = new Map(held.map((one) => [headerKey(one.metric, one), one]))
  const since = Math.max(earliest('statistics', nowS), fillFrom ?? 0)
  const ranked: Ranked[] = totals(held, nowS, offsetMin).filter(({ work }) => work.from >= (fillFrom ?? 0))
  let nextAt = Math.min((Math.floor(nowS / HOUR) + 1) * HOUR, midnightBefore(nowS, offsetMin) + DAY)
  for (const grain of GRAINS.filter((one) => one === 'day' || !byDay)) {
    for (const span of bucketsIn(grain, { from: since, to: nowS }, offsetMin)) {
      const facts = METRICS.map((metric) => factsOf(metric, span, index.get(headerKey(metric, span)), nowS))
      nextAt = Math.min(nextAt, ...facts.map((one) => one.nextAt))
      const one = bucket(span, facts, grain, nowS)
      if (one) ranked.push(one)
    }
  }
  ranked.sort((a, b) => a.rank - b.rank || a.order - b.order)
  return { work: ranked.map(({ work }) => work), nextAt }
}

interface Facts {
  metric: Metric
  state: 'held' | 'stale' | 'missing' | 'gone'
  final: boolean
  dueAt: number
  nextAt: number
}

function factsOf(metric: Metric, span: Span, one: WindowHeader | undefined, nowS: number): Facts {
  const state = stateOfWindow({
    ...span,
    heldFetchedAt: one?.fetchedAt ?? null,
    final: one?.final ?? false,
    queued: false,
    horizon: HORIZON[metric],
    nowS,
  })
  const dueAt = one ? refreshDueAt(span.to, one.fetchedAt) : span.to
  const final = one?.final ?? false
  const askable = span.from >= earliest(metric, nowS)
  // Work that is due at a second is planned one second later.
  const nextAt = one && askable && !final && state === 'held' ? dueAt + 1 : Infinity
  const settled = state === 'stale' || state === 'missing' ? state : askable ? 'held' : 'gone'
  return { metric, state: settled, final, dueAt, nextAt }
}

function bucket(span: Span, facts: Facts[], grain: Grain, nowS: number): Ranked | null {
  const due = facts.filter(({ state }) => state === 'missing' || state === 'stale')
  if (due.length === 0) return null
  const missing = due.filter(({ state }) => state === 'missing')
  const left = Math.min(...missing.map(({ metric }) => span.from - earliest(metric, nowS)))
  const priority = missing.length === 0 ? 'settling' : nowS - span.to <= NEWS_S ? 'newest' : 'fill'
  const dueAt = Math.min(...due.map((one) => one.dueAt))
  const work: Work = {
    ...span,
    due: due.map(({ metric }) => metric),
    metrics: facts.filter(({ state, final }) => state !== 'gone' && !final).map(({ metric }) => metric),
    // The gateway serves by priority: a bucket that Tencent is about to forget must not wait behind refreshes, and not
    // even behind people when it would be lost within the hour.
    priority: left < HOUR ? 'urgent' : left < URGENT_S ? 'newest' : priority,
    dueAt,
  }
  if (left < URGENT_S) return { work, rank: RANK.urgent, order: left }
  if (priority === 'settling') return { work, rank: RANK.settling, order: dueAt }
  if (priority === 'newest') return { work, rank: RANK.newest, order: -span.to }
  if (grain === 'day' && nowS - span.to < DAY) return { work, rank: RANK.total, order: -1 }
  if (grain === 'hour' && nowS - span.to < RECENT_S) return { work, rank: RANK.recent, order: -span.to }
  return { work, rank: RANK[grain], order: left }
}

/**
 * Plans the totals of a first visit. A range cut at the horizon moves on with the clock, so an earlier, longer cut of
 * the same range counts as stored. Today's total is fetched once, and not when today's first hour is stored already.
 */
function totals(held: WindowHeader[], nowS: number, offsetMin: number): Ranked[] {
  const spans = new Map<string, Work>()
  const midnight = midnightBefore(nowS, offsetMin)
  for (const metric of METRICS) {
    const own = held.filter((one) => one.metric === metric)
    for (const { wanted, from, to } of firstTotals(metric, nowS, offsetMin)) {
      const isHeld =
        from === midnight
          ? own.some((one) => one.from >= from && one.from < from + HOUR)
          : own.some((one) => one.to === to && one.from >= wanted.from && one.from <= from)
      if (isHeld) continue
      const key = `${from} ${to}`
      const priority = from === midnight ? ('newest' as const) : ('fill' as const)
      const work = spans.get(key) ?? { from, to, due: [], metrics: [], priority, dueAt: nowS }
      if (!work.due.includes(metric))
        spans.set(key, { ...work, due: [...work.due, metric], metrics: [...work.due, metric] })
    }
  }
  return [...spans.values()].map((work, order) => ({
    work,
    rank: work.from === midnight ? RANK.newest : RANK.total,
    order,
  }))
}

function earliest(metric: Metric, nowS: number): number {
  return earliestAskable(HORIZON[metric], nowS)
}

function headerKey(metric: Metric, { from, to }: Span): string {
  return `${metric} ${from} ${to}`
}

/** Returns the start of the stored windows that a plan at `nowS` needs, in epoch seconds. */
export function planReach(nowS: number): number {
  return nowS - HORIZON.statistics - DAY
}
