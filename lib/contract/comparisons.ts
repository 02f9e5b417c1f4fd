/** What counts are compared with: the period right before, or the same weekdays. */
export const COMPARISONS = ['none', 'previous', 'weekday'] as const
export type Comparison = (typeof COMPARISONS)[number]
