/** A name beside the pole at its place, and the box that it may fill: fractions of the chart's width. */
export interface Flag {
  i: number
  text: string
  /** Where its pole stands. */
  pole: number
  left: number
  width: number
  /** The side of the pole: `before` near the right edge. */
  side: 'after' | 'before'
}

/**
 * Chooses the names that fit side by side, each in a box of at least half of `least`; the first ones have precedence. No
 * two boxes overlap. The others are in the tooltip and the table.
 */
export function flagsOf(places: readonly { i: number; text: string }[], count: number, least: number): Flag[] {
  const chosen: Flag[] = []
  for (const { i, text } of places) {
    const pole = (i + 0.5) / count
    const isAfter = 1 - pole >= least / 2
    const flag: Flag = {
      ...{ i, text, pole, side: isAfter ? 'after' : 'before' },
      left: isAfter ? pole : pole - Math.min(least, pole),
      width: isAfter ? Math.min(least, 1 - pole) : Math.min(least, pole),
    }
    if (chosen.every((other) => endOf(flag) <= other.left || endOf(other) <= flag.left)) chosen.push(flag)
  }
  chosen.sort((a, b) => a.left - b.left)
  return chosen.map((flag, k) => {
    const end = chosen[k + 1]?.left ?? 1
    return flag.side === 'after' ? { ...flag, width: end - flag.left } : flag
  })
}

const endOf = ({ left, width }: Flag): number => left + width
