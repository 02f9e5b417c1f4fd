export const DAY = 86_400
export const HOUR = 3_600

/** The people of this world live at +08:00, whatever offset the answers are written in. */
const UTC_OFFSET = 8 * HOUR

/** The number of the local day that holds the epoch second `at`. */
export function dayOf(at: number): number {
  return Math.floor((at + UTC_OFFSET) / DAY)
}

/** Epoch second of local midnight. */
export function startOf(day: number): number {
  return day * DAY - UTC_OFFSET
}

/** 0 is Sunday. */
export function weekday(day: number): number {
  return (day + 4) % 7
}
