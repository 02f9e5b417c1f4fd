/** Arithmetic on counts that may be unknown. An unknown count (null) makes the result unknown; it never counts as zero. */
export const addOrNull = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a + b

export const subtractOrNull = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a - b

/** Returns 0 for an empty list. */
export const sumOrNull = (counts: readonly (number | null)[]): number | null =>
  counts.reduce<number | null>(addOrNull, 0)
