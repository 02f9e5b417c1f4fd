import type { Coverage } from '@/lib/contract/freshness'
import { HOUR } from '@/lib/contract/limits'
import { iso } from './iso-time'
import type { Span } from './windows'

/**
 * Selects windows that do not overlap, in order of time. Longer windows go first, then the ones fetched later. So no
 * time is counted twice, and a day is used rather than its hours.
 */
export function disjointWindows<T extends Span & { fetchedAt: number }>(windows: readonly T[]): T[] {
  const longest = [...windows].sort((a, b) => b.to - b.from - (a.to - a.from) || b.fetchedAt - a.fetchedAt)
  const chosen: T[] = []
  for (const one of longest) {
    const at = placeOf(chosen, one.from)
    const [before, after] = [chosen[at - 1], chosen[at]]
    if ((before?.to ?? 0) <= one.from && (after?.from ?? Infinity) >= one.to) chosen.splice(at, 0, one)
  }
  return chosen
}

/**
 * Returns where a window that begins at `from` belongs in an ordered list. Binary search, because a year has 8,760
 * hours.
 */
function placeOf(chosen: readonly Span[], from: number): number {
  let [low, high] = [0, chosen.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((chosen[middle]?.from ?? 0) < from) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Returns the parts of `[from, to)` that no window covers. The windows must be ordered, as `disjointWindows` returns
 * them.
 */
export function uncoveredSpans(windows: readonly Span[], { from, to }: Span): Span[] {
  const gaps: Span[] = []
  let at = from
  for (const window of windows) {
    const end = Math.min(window.from, to)
    if (end > at) gaps.push({ from: at, to: end })
    at = Math.max(at, window.to)
  }
  if (at < to) gaps.push({ from: at, to })
  return gaps
}

/**
 * Reports coverage in hours. A gap older than `earliest` has expired; a later one can still be fetched. `asked`: it is
 * queued.
 */
export function coverageOfGaps(span: Span, gaps: readonly Span[], earliest: number, asked: boolean): Coverage {
  const open = gaps.reduce((sum, { from, to }) => sum + to - from, 0)
  const whole = span.to - span.from
  const parts = gaps.flatMap(({ from, to }) => [
    { from, to: Math.min(to, Math.max(from, earliest)), state: 'expired' as const },
    { from: Math.max(from, Math.min(to, earliest)), to, state: asked ? ('pending' as const) : ('missing' as const) },
  ])
  return {
    held: Math.floor((whole - open) / HOUR),
    expected: Math.ceil(whole / HOUR),
    missing: parts
      .filter(({ from, to }) => from < to)
      .map(({ from, to, state }) => ({ from: iso(from), to: iso(to), state })),
  }
}
