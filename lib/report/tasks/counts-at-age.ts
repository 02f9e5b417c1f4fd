/** What was counted of a task at a fetch, epoch seconds. */
interface Observation<C> {
  fetchedAt: number
  counts: C
}

/** An observation is made when its turn comes, some time after the age that called for it, or by somebody's look. */
const NEAR_S = 600
const NEAR_SHARE = 0.1

/**
 * What was counted when a task was `age` seconds old: the observation nearest to that age, at most ten minutes or a
 * tenth of the age away, and the age it was really made at. Null where the task is not that old yet, or nobody looked.
 */
export function countsAtAge<C>(
  observations: readonly Observation<C>[],
  { sentAt, age, nowS }: { sentAt: number; age: number; nowS: number },
): { counts: C; age: number } | null {
  if (nowS < sentAt + age) return null
  const near = Math.max(NEAR_S, age * NEAR_SHARE)
  let best: { counts: C; age: number } | null = null
  for (const { fetchedAt, counts } of observations) {
    const off = Math.abs(fetchedAt - sentAt - age)
    if (off <= near && (best === null || off < Math.abs(best.age - age))) best = { counts, age: fetchedAt - sentAt }
  }
  return best
}
