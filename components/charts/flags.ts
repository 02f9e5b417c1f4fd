/** A name at a place of the chart, with the box that it may fill: fractions of the chart's width. */
export interface Flag {
  i: number
  text: string
  left: number
  width: number
}

/**
 * Chooses the names that fit side by side, each in a box of at least `least` of the width; the first ones have
 * precedence. No two boxes overlap. The others are in the tooltip and the table.
 */
export function flagsOf(places: readonly { i: number; text: string }[], count: number, least: number): Flag[] {
  const chosen: Flag[] = []
  for (const { i, text } of places) {
    const left = Math.min(i / count, 1 - least)
    if (chosen.every((flag) => left >= flag.left + least || left + least <= flag.left))
      chosen.push({ i, text, left, width: least })
  }
  chosen.sort((a, b) => a.left - b.left)
  return chosen.map((flag, k) => ({ ...flag, width: (chosen[k + 1]?.left ?? 1) - flag.left }))
}
