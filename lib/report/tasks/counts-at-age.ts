/** A task's counts at one fetch. `fetchedAt` is epoch seconds. */
interface Observation<C> {
  fetchedAt: number
  counts: C
}

/** An observation is made some time after the age it is scheduled for, or whenever a reader looks. */
const NEAR_S = 600
const NEAR_SHARE = 0.1

/** Returns how far from an age in seconds an observation may be made. */
export const nearness = (age: number): number => Math.max(NEAR_S, age * NEAR_SHARE)

/**
 * Returns the counts of a task at an age in seconds: those of the observation nearest to it, and the age at which that
 * was made. An observation counts if it is at most ten minutes, or a tenth of the age, away. Null where there is none,
 * or the task is younger.
 */
export function countsAtAge<C>(
  observations: readonly Observation<C>[],
  { sentAt, age, nowS }: { sentAt: number; age: number; nowS: number },
): { counts: C; age: number } | null {
  if (nowS < sentAt + age) return null
  const near = nearness(age)
  let best: { counts: C; age: number } | null = null
  for (const { fetchedAt, counts } of observations) {
    const off = Math.abs(fetchedAt - sentAt - age)
    if (off <= near && (best === null || off < Math.abs(best.age - age))) best = { counts, age: fetchedAt - sentAt }
  }
  return best
}
