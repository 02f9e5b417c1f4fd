import type { BucketReply } from '@/lib/contract/funnel'

/** One measure over time. A value of null is a hole: it is not drawn, and never 0. */
export interface ChartLine {
  key: string
  name: string
  /** Bars stand inside one another, the first one widest. `before` is dashed. */
  form: 'bar' | 'area' | 'line' | 'before'
  /** The class that gives it its colour. */
  tone: string
  values: readonly (number | null)[]
  /** The part of its place that a bar fills. */
  width?: number
}

/** `share`: values are fractions, and the scale is in percent. */
export type Unit = 'count' | 'share'

/**
 * The state of a bucket on the chart. A stored bucket is final, held (may still grow) or filling (so recent that it
 * will grow).
 */
export type BucketState = 'final' | 'held' | 'filling' | 'pending' | 'missing' | 'expired' | 'future'

const TWO_DAYS_MS = 2 * 86_400_000

export function bucketStateOf({ state, final, asOf, to }: BucketReply): BucketState {
  if (state !== 'held' && state !== 'stale') return state
  if (final) return 'final'
  return asOf !== null && Date.parse(asOf) - Date.parse(to) < TWO_DAYS_MS ? 'filling' : 'held'
}

export interface Run {
  first: number
  last: number
}

/** Groups neighbouring items for which `holds` is true. */
export function runsOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): Run[] {
  const runs: Run[] = []
  for (const [i, item] of items.entries()) {
    if (!holds(item)) continue
    const run = runs.at(-1)
    if (run && run.last === i - 1) run.last = i
    else runs.push({ first: i, last: i })
  }
  return runs
}

export const isHole = (state: BucketState): boolean => !['final', 'held', 'filling'].includes(state)
export const isFilling = (state: BucketState): boolean => state === 'filling'

/** Returns at most six round marks from 0 to the largest value or above: whole numbers, or whole percents. */
export function scaleMarks(lines: readonly Pick<ChartLine, 'values'>[], unit: Unit = 'count'): number[] {
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null))
  const part = unit === 'share' ? 100 : 1
  const largest = values.reduce((most, value) => Math.max(most, value * part), 0)
  const rough = Math.max(1, largest / 4)
  const power = 10 ** Math.floor(Math.log10(rough))
  const steps = unit === 'share' ? [1, 2, 2.5, 5, 10] : [1, 2, 5, 10]
  const step = Math.ceil(steps.map((n) => n * power).find((size) => size >= rough) ?? rough)
  const count = Math.max(1, Math.ceil(largest / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, i) => (i * step) / part)
}

/** Returns at most five indexes at equal distances, which get a label. */
export function labelledIndexes(count: number): number[] {
  const step = Math.max(1, Math.ceil(count / 5))
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step)
}
