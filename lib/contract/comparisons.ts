/** What counts are compared with: the period right before, or the same weekdays. */
export const COMPARISONS = ['none', 'previous', 'weekday'] as const
export type Comparison = (typeof COMPARISONS)[number]

const WEEK_MS = 7 * 86_400_000

/** Returns what a range is compared with unless somebody chooses: the same weekday for less than a week. */
export function usualComparison(lengthMs: number): Exclude<Comparison, 'none'> {
  return lengthMs < WEEK_MS ? 'weekday' : 'previous'
}
