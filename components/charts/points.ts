import type { BucketReply } from '@/lib/contract/funnel'

export const LINES = ['sent', 'delivered', 'clicked'] as const
export type Line = (typeof LINES)[number]

/**
 * The state of a bucket on the chart. A stored bucket is final, held (may still grow) or filling (so recent that it
 * will grow).
 */
export type BucketState = 'final' | 'held' | 'filling' | 'pending' | 'missing' | 'expired' | 'future'

/** One place on the chart. `i` counts from 0. A count of null is a hole. */
export interface Point extends Record<Line, number | null> {
  i: number
  state: BucketState
}

const TWO_DAYS_MS = 2 * 86_400_000

export function bucketStateOf({ state, final, asOf, to }: BucketReply): BucketState {
  if (state !== 'held' && state !== 'stale') return state
  if (final) return 'final'
  return asOf !== null && Date.parse(asOf) - Date.parse(to) < TWO_DAYS_MS ? 'filling' : 'held'
}

export function pointsOf(series: readonly BucketReply[]): Point[] {
  return series.map((bucket, i) => {
    const { sent, delivered, clicked } = bucket
    return { i, sent, delivered, clicked, state: bucketStateOf(bucket) }
  })
}

export interface Run {
  first: number
  last: number
}

/** Groups neighbouring points for which `holds` is true. */
export function runsOf(points: readonly Point[], holds: (point: Point) => boolean): Run[] {
  const runs: Run[] = []
  for (const point of points.filter(holds)) {
    const run = runs.at(-1)
    if (run && run.last === point.i - 1) run.last = point.i
    else runs.push({ first: point.i, last: point.i })
  }
  return runs
}

export const isHole = ({ state }: Pick<Point, 'state'>): boolean => !['final', 'held', 'filling'].includes(state)
export const isFilling = ({ state }: Point): boolean => state === 'filling'

/** Tells whether a value has holes on both sides, where a line would draw nothing. */
export function isAlone(points: readonly Point[], i: number, line: Line): boolean {
  const hasValue = (at: number) => (points[at]?.[line] ?? null) !== null
  return hasValue(i) && !hasValue(i - 1) && !hasValue(i + 1)
}

/** Returns at most six round marks, whole numbers, from 0 to the largest value or above. */
export function scaleMarks(points: readonly Point[], lines: readonly Line[]): number[] {
  const largest = Math.max(0, ...points.flatMap((point) => lines.map((line) => point[line] ?? 0)))
  const rough = Math.max(1, largest / 4)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.ceil([1, 2, 5, 10].map((n) => n * power).find((size) => size >= rough) ?? rough)
  const count = Math.max(1, Math.ceil(largest / step))
  return Array.from({ length: count + 1 }, (_, i) => i * step)
}

/** Returns at most five indexes at equal distances, which get a label. */
export function labelledIndexes(count: number): number[] {
  const step = Math.max(1, Math.ceil(count / 5))
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step)
}
