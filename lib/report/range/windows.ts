import type { Coverage, WindowState } from '@/lib/contract/freshness'
import { HORIZON, HORIZON_MARGIN, HOUR, REFRESH_EVERY } from '@/lib/contract/limits'
import type { Metric } from '@/lib/contract/sources'
import { iso } from './iso-time'

/** Half-open, epoch seconds. */
export interface Span {
  from: number
  to: number
}

export interface Plan {
  /** What to ask the upstream for: none or one for an exact total. */
  windows: Span[]
  /** The part Tencent has already forgotten, which is lost unless it is held, or refuses to tell together with the rest. */
  missing: (Span & { state: 'expired' | 'missing' })[]
}

const ceil = (at: number, step: number): number => Math.ceil(at / step) * step

/** The earliest beginning Tencent still answers for, less our margin (upstream pages 71894, 71895). */
export function earliestAskable(horizon: number, nowS: number): number {
  return nowS - horizon + HORIZON_MARGIN
}

/**
 * The window that answers a total over `range`. A range begun before the horizon is cut at the next whole hour, so that
 * everyone who asks within that hour asks the same question; nearer than an hour, at the next minute.
 */
export function planExact(range: Span, metric: Metric, nowS: number): Plan {
  const earliest = earliestAskable(HORIZON[metric], nowS)
  if (range.from >= earliest) return { windows: [{ from: range.from, to: range.to }], missing: [] }
  const from = [ceil(earliest, HOUR), ceil(earliest, 60)].find((at) => at < range.to)
  if (from === undefined) return { windows: [], missing: [{ from: range.from, to: range.to, state: 'expired' }] }
  return { windows: [{ from, to: range.to }], missing: [{ from: range.from, to: from, state: 'expired' }] }
}

/**
 * When a window's counts, last fetched at `fetchedAt`, are due for a refresh: they still grow, ever more slowly. Never
 * more than two days later, so that an answer that was wrong is not the last one.
 */
export function refreshDueAt(to: number, fetchedAt: number): number {
  return fetchedAt + Math.min(Math.max(60, (fetchedAt - to) / 2), REFRESH_EVERY)
}

export interface WindowFacts extends Span {
  /** Epoch seconds of the last fetch; null when the window is not held. */
  heldFetchedAt: number | null
  final: boolean
  queued: boolean
  /** Seconds the upstream looks back for this metric. */
  horizon: number
  nowS: number
}

/** What is held past the horizon stays `held`: it cannot be asked again, so it is never due. */
export function stateOfWindow(window: WindowFacts): WindowState {
  const { from, to, heldFetchedAt, final, queued, horizon, nowS } = window
  const askable = from >= earliestAskable(horizon, nowS)
  if (heldFetchedAt !== null) {
    return !final && askable && nowS > refreshDueAt(to, heldFetchedAt) ? 'stale' : 'held'
  }
  if (from >= nowS) return 'future'
  if (!askable) return 'expired'
  return queued ? 'pending' : 'missing'
}

/** Of the windows a report needs, how many are held, and which are not. What lies in the future is not expected yet. */
export function coverageOf(windows: (Span & { state: WindowState })[]): Coverage {
  const due = windows.filter(({ state }) => state !== 'future')
  const missing = due.filter(({ state }) => state !== 'held' && state !== 'stale')
  return {
    held: due.length - missing.length,
    expected: due.length,
    missing: missing.map(({ from, to, state }) => ({ from: iso(from), to: iso(to), state })),
  }
}
