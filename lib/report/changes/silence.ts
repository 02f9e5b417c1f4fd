import { HOUR, MIN_VOLUME } from '@/lib/contract/limits'
import type { Span } from '@/lib/report/range/windows'
import { dayOf, MIN_DAYS, slotKeys } from './baseline'
import type { StoredHour } from './rate-hours'

/** Hours without any push, at which pushes are usual. */
export interface Silence {
  from: number
  /** Null while there is still no push. */
  to: number | null
  /** How many pushes such hours usually have at least. */
  expected: number
}

/** The part of the past hours that had fewer pushes than an hour is sure to have. */
const LOW_QUARTILE = 0.25
const MIN_DAYS_PER_SLOT = 3

/**
 * Finds the hours without any push that have a part inside the range, where at least 200 pushes are usual. An hour that
 * is not stored ends a silence, because it may have had pushes.
 */
export function findSilences(
  hours: readonly StoredHour[],
  past: readonly StoredHour[],
  range: Span,
  offsetMin: number,
): Silence[] {
  const usual = leastUsual(past, offsetMin)
  if (!usual) return []
  const found: Silence[] = []
  let run: StoredHour[] = []
  const close = (next: StoredHour | null) => {
    const [first, last] = [run[0], run.at(-1)]
    const expected = run.reduce((sum, { from }) => sum + usual(from), 0)
    run = []
    if (!first || !last || last.to <= range.from || first.from >= range.to || expected < MIN_VOLUME) return
    found.push({ from: first.from, to: next ? last.to : null, expected: Math.round(expected) })
  }
  for (const hour of hours) {
    const last = run.at(-1)
    const isEmpty = hour.total.sendable === 0 && hour.total.sent === 0
    if (last && (!isEmpty || hour.from !== last.to)) close(hour)
    // An hour in which pushes are unusual neither begins a silence nor ends one.
    if (isEmpty && (run.length > 0 || usual(hour.from) > 0)) run.push(hour)
  }
  close(null)
  return found
}

/** Returns how many pushes an hour has in three of four weeks at least; null with less than a week of history. */
function leastUsual(past: readonly StoredHour[], offsetMin: number): ((at: number) => number) | null {
  const slots = new Map<string, number[]>()
  for (const { from, total } of past) {
    for (const key of slotKeys(from, offsetMin)) slots.set(key, [...(slots.get(key) ?? []), total.sendable ?? 0])
  }
  if (new Set(past.map(({ from }) => dayOf(from, offsetMin))).size < MIN_DAYS) return null
  return (at) => {
    const [, hour, , exact] = slotKeys(at, offsetMin)
    const counts = [exact, hour].map((key) => slots.get(key) ?? []).find(({ length }) => length >= MIN_DAYS_PER_SLOT)
    const sorted = [...(counts ?? [])].sort((a, b) => a - b)
    return sorted[Math.floor((sorted.length - 1) * LOW_QUARTILE)] ?? 0
  }
}

/** Returns the hours, of those that are stored, without the ones that were fetched before their end. */
export function endedHours(hours: readonly StoredHour[]): StoredHour[] {
  return hours.filter(({ from, to, fetchedAt }) => to - from === HOUR && fetchedAt >= to)
}
