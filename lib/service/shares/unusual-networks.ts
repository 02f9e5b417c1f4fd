import 'server-only'
import type { WeekOfNetworks } from '@/lib/store/people/share-opens'

/** Fewer networks in a week are a team and its phones. */
const LEAST = 10
/** How many times the usual number is unusual. */
const FACTOR = 3

/**
 * Returns how many networks opened a link in the last 7 days, and whether that is unusual: at least 10, and more than three
 * times the median of the weeks before. `age` is how long the link has existed, in whole weeks. A week in which nobody
 * opened it counts as 0. In its first week a link has no usual number, so 10 networks are unusual.
 */
export function unusualNetworks(
  weeks: readonly Omit<WeekOfNetworks, 'share_id'>[],
  age: number,
): { count: number; unusual: boolean } {
  const inWeek = (week: number) => weeks.find((one) => one.week === week)?.networks ?? 0
  const earlier = Array.from({ length: age }, (_, i) => inWeek(i + 1))
  const count = inWeek(0)
  return { count, unusual: count >= LEAST && count > FACTOR * median(earlier) }
}

/** Returns 0 for an empty list. */
function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [lower = 0, upper = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  return (lower + upper) / 2
}
