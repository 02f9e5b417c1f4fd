import { COMPARISONS, type Comparison, usualComparison } from '@/lib/contract/comparisons'
import type { RangeReply } from '@/lib/contract/ranges'

const WEEK_MS = 7 * 86_400_000

/** Returns the comparisons that differ. For whole weeks, "same weekday" equals "previous" and is left out. */
export function offeredComparisons({ from, to }: RangeReply): Comparison[] {
  const weeks = (Date.parse(to) - Date.parse(from)) % WEEK_MS === 0
  return COMPARISONS.filter((name) => name !== 'weekday' || !weeks)
}

/** Returns the comparison that the key X chooses: none, or the usual one where none is shown. */
export function switchedComparison({ from, to }: RangeReply, shown: Comparison | undefined): Comparison {
  return shown === 'none' ? usualComparison(Date.parse(to) - Date.parse(from)) : 'none'
}
