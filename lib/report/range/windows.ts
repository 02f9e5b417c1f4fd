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
  /** The windows to request for an exact total: none or one. */
  windows: Span[]
  /**
   * The parts outside the windows. `expired`: past Tencent's horizon. `missing`: Tencent refused it together with the
   * rest.
   */
  missing: (Span & { state: 'expired' | 'missing' })[]
}

const ceil = (at: number, step: number): number => Math.ceil(at / step) * step

/** Returns the earliest start that Tencent still answers for, plus our margin (upstream pages 71894, 71895). */
export function earliestAskable(horizon: number, nowS: number): number {
  return nowS - horizon + HORIZON_MARGIN
}

/**
 * Plans the window that answers a total over `range`. A range that starts before the horizon is cut at the next whole
 * hour, so that everyone within that hour sends the same request. If less than an hour remains, it is cut at the next
 * minute.
 */
export function planExact(range: Span, metric: Metric, nowS: number): Plan {
  const earliest = earliestAskable(HORIZON[metric], nowS)
  if (range.from >= earliest) return { windows: [{ from: range.from, to: range.to }], missing: [] }
  const from = [ceil(earliest, HOUR), ceil(earliest, 60)].find((at) => at < range.to)
  if (from === undefined) return { windows: [], missing: [{ from: range.from, to: range.to, state: 'expired' }] }
  return { windows: [{ from, to: range.to }], missing: [{ from: range.from, to: from, state: 'expired' }] }
}

/**
 * Returns when a window's counts need a refresh. They keep growing, but ever more slowly. The wait is at most two days,
 * so that a wrong answer does not stay the last one.
 */
export function refreshDueAt(to: number, fetchedAt: number): number {
  return fetchedAt + Math.min(Math.max(60, (fetchedAt - to) / 2), REFRESH_EVERY)
}

export interface WindowFacts extends Span {
  /** Epoch seconds of the last fetch; null when the window is not stored. */
  heldFetchedAt: number | null
  final: boolean
  queued: boolean
  /** How far Tencent looks back for this metric, in seconds. */
  horizon: number
  nowS: number
}

/** Returns the state of a window. A stored window past the horizon stays `held`: it cannot be fetched again. */
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

/** Counts the stored windows of a report and lists the others. Windows in the future are not expected yet. */
export function coverageOf(windows: (Span & { state: WindowState })[]): Coverage {
  const due = windows.filter(({ state }) => state !== 'future')
  const missing = due.filter(({ state }) => state !== 'held' && state !== 'stale')
  return {
    held: due.length - missing.length,
    expected: due.length,
    missing: missing.map(({ from, to, state }) => ({ from: iso(from), to: iso(to), state })),
  }
}
