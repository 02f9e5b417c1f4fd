export const DAY = 86_400
export const HOUR = 3_600

/** Users of this world live at +08:00, whatever offset the answers use. */
const UTC_OFFSET = 8 * HOUR

/** Returns the number of the local day that contains the epoch second `at`. */
export function dayOf(at: number): number {
  return Math.floor((at + UTC_OFFSET) / DAY)
}

/** Returns the epoch second of local midnight. */
export function startOf(day: number): number {
  return day * DAY - UTC_OFFSET
}

/** Returns the day of the week; 0 is Sunday. */
export function weekday(day: number): number {
  return (day + 4) % 7
}
