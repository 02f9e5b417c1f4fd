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

/** Returns the local hour of the epoch second `at`, from 0 to 23. */
export function hourOf(at: number): number {
  return Math.floor((at - startOf(dayOf(at))) / HOUR)
}

/** How the traffic of a day is distributed over its local hours. */
export const TRAFFIC_BY_HOUR = [7, 4, 2, 1, 1, 2, 6, 14, 24, 28, 30, 29, 34, 30, 27, 28, 29, 31, 36, 42, 47, 45, 34, 18]
