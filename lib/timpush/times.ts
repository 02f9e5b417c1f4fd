import 'server-only'

const ZONELESS = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/

/**
 * Epoch seconds of the upstream's `YYYY-MM-DD HH:mm:ss`, which says no zone, read at a fixed offset in minutes.
 * Null when it is no such time: 30 February, hour 24, or the epoch itself, with which programs write "none".
 */
export function epochOf(text: string, utcOffsetMin: number): number | null {
  const match = ZONELESS.exec(text)
  if (!match) return null
  const [, year, month, day, hour, minute, second] = match.map(Number)
  const utc = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second)
  // Date.UTC rolls what does not exist over into the next month or day; writing it back shows that.
  if (new Date(utc).toISOString().slice(0, 19).replace('T', ' ') !== text) return null
  const epoch = utc / 1_000 - utcOffsetMin * 60
  return epoch > 0 ? epoch : null
}
