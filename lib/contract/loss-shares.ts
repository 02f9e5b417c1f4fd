/** A line of a Pareto of losses. `explained` is the part of its count that the explained loss counts. */
interface Line {
  count: number | null
  explained: number | null
}

interface Shares {
  share: number | null
  cumulative: number | null
}

export interface Pareto<L extends Line> {
  lines: (L & Shares)[]
  /** The unexplained part of the loss as a line before the line with index `at`; null where it is unknown or none. */
  rest: { at: number; count: number; share: number; cumulative: number } | null
}

/**
 * Adds to each line its share of the loss, or of the explained codes where they exceed it. The unexplained part of the
 * loss is counted in its place by size, before known reasons, so that the cumulative shares reach the whole loss. Lines
 * must be in order. A line outside the loss has no shares. The API and the page count by this one rule.
 */
export function withShares<L extends Line>(
  ordered: readonly L[],
  { lost, unexplained }: { lost: number | null; unexplained: number | null },
  isKnown: (line: L) => boolean = () => false,
): Pareto<L> {
  const codes = ordered.reduce((sum, { explained }) => sum + (explained ?? 0), 0)
  const whole = Math.max(lost ?? 0, codes)
  const count = unexplained ?? 0
  const isSmaller = (line: L) => isKnown(line) || (line.explained ?? 0) < count
  const found = ordered.findIndex(isSmaller)
  const at = found < 0 ? ordered.length : found
  const part = (n: number) => (whole === 0 ? 0 : n / whole)
  let reached = 0
  let rest: Pareto<L>['rest'] = null
  const addRest = () => {
    if (count <= 0) return
    reached += count
    rest = { at, count, share: part(count), cumulative: part(reached) }
  }
  const lines = ordered.map((line, i) => {
    if (i === at) addRest()
    const { explained } = line
    reached += explained ?? 0
    const isOutside = whole === 0 || explained === null || (explained === 0 && line.count !== 0)
    return { ...line, share: isOutside ? null : part(explained), cumulative: isOutside ? null : part(reached) }
  })
  if (at === ordered.length) addRest()
  return { lines, rest }
}
