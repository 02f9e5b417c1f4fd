import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import { METRICS, type Metric } from '@/lib/contract/sources'
import { earliestAskable, refreshDueAt, type Span, stateOfWindow } from '@/lib/report/range/windows'
import { bucketsIn, firstTotals, GRAINS, type Grain } from './plan-buckets'

/** Of a window held, all that planning needs. Epoch seconds. */
export interface WindowHeader extends Span {
  metric: Metric
  fetchedAt: number
  final: boolean
}

/** One span to ask for, its metrics together. */
export interface Work extends Span {
  /** Why it is asked for: these are missing or stale. */
  due: Metric[]
  /** What is asked: the others too, so that statistics and losses of a bucket are of one moment. */
  metrics: Metric[]
  priority: 'newest' | 'settling' | 'fill'
  /** Since when it could have been asked for, epoch seconds. */
  dueAt: number
}

export interface WorkPlan {
  /** The most urgent first. */
  work: Work[]
  /** When the next will be due, epoch seconds, whatever is asked meanwhile. */
  nextAt: number
}

interface Ranked {
  work: Work
  /** Lower goes first; of equal ones the one with the lower `order`. */
  rank: number
  order: number
}

/** A bucket never held that ends this soon ago is news; one that Tencent forgets this soon goes before everything. */
const NEWS = 2 * HOUR
const URGENT = 2 * HOUR
const RANK = { urgent: 0, newest: 1, settling: 2, total: 3, day: 4, hour: 5 } as const

/**
 * All the overall of one source still needs at `now`, from the windows held and the clock alone: what is about to be
 * forgotten, what has just ended, what may have grown, then the rest from coarse to fine, nearest to the horizon first.
 */
export function planWork({
  held,
  nowS,
  offsetMin,
  byDay = false,
}: {
  held: WindowHeader[]
  nowS: number
  offsetMin: number
  /** Hours are not kept. */
  byDay?: boolean
}): WorkPlan {
  const index = new Map(held.map((one) => [headerKey(one.metric, one), one]))
  const ranked: Ranked[] = totals(held, nowS, offsetMin)
  let nextAt = (Math.floor(nowS / HOUR) + 1) * HOUR
  for (const grain of GRAINS.filter((one) => one === 'day' || !byDay)) {
    for (const span of bucketsIn(grain, { from: earliest('statistics', nowS), to: nowS }, offsetMin)) {
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
  // What is due at a second is asked for after it.
  const nextAt = one && askable && !final && state === 'held' ? dueAt + 1 : Infinity
  const settled = state === 'stale' || state === 'missing' ? state : askable ? 'held' : 'gone'
  return { metric, state: settled, final, dueAt, nextAt }
}

function bucket(span: Span, facts: Facts[], grain: Grain, nowS: number): Ranked | null {
  const due = facts.filter(({ state }) => state === 'missing' || state === 'stale')
  if (due.length === 0) return null
  const missing = due.filter(({ state }) => state === 'missing')
  const left = Math.min(...missing.map(({ metric }) => span.from - earliest(metric, nowS)))
  const priority = missing.length === 0 ? 'settling' : nowS - span.to <= NEWS ? 'newest' : 'fill'
  const dueAt = Math.min(...due.map((one) => one.dueAt))
  const work: Work = {
    ...span,
    due: due.map(({ metric }) => metric),
    metrics: facts.filter(({ state, final }) => state !== 'gone' && !final).map(({ metric }) => metric),
    // The gateway serves by priority: what is about to be forgotten must not wait behind what may merely have grown.
    priority: left < URGENT ? 'newest' : priority,
    dueAt,
  }
  if (left < URGENT) return { work, rank: RANK.urgent, order: left }
  if (priority === 'settling') return { work, rank: RANK.settling, order: dueAt }
  if (priority === 'fill' && grain === 'day' && nowS - span.to < DAY) return { work, rank: RANK.total, order: -1 }
  return priority === 'newest' ? { work, rank: RANK.newest, order: -span.to } : { work, rank: RANK[grain], order: left }
}

/** A range cut at the horizon moves on with the clock: held is it where an earlier, longer cut of the same range is. */
function totals(held: WindowHeader[], nowS: number, offsetMin: number): Ranked[] {
  const spans = new Map<string, Work>()
  for (const metric of METRICS) {
    for (const { wanted, from, to } of firstTotals(metric, nowS, offsetMin)) {
      if (held.some((one) => one.metric === metric && one.to === to && one.from >= wanted.from && one.from <= from)) {
        continue
      }
      const key = `${from} ${to}`
      const work = spans.get(key) ?? { from, to, due: [], metrics: [], priority: 'fill' as const, dueAt: nowS }
      if (!work.due.includes(metric))
        spans.set(key, { ...work, due: [...work.due, metric], metrics: [...work.due, metric] })
    }
  }
  return [...spans.values()].map((work, i) => ({ work, rank: RANK.total, order: i }))
}

function earliest(metric: Metric, nowS: number): number {
  return earliestAskable(HORIZON[metric], nowS)
}

function headerKey(metric: Metric, { from, to }: Span): string {
  return `${metric} ${from} ${to}`
}

/** How far back headers must be known for a plan at `now`, epoch seconds. */
export function planReach(nowS: number): number {
  return nowS - HORIZON.statistics - DAY
}
