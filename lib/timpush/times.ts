import 'server-only'

const ZONELESS = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/

/**
 * Reads Tencent's zoneless `YYYY-MM-DD HH:mm:ss` at a fixed offset in minutes, as epoch seconds. Null for anything else,
 * such as 30 February or hour 24, and for the epoch itself, which programs write for "none".
 */
export function epochOf(text: string, utcOffsetMin: number): number | null {
  const match = ZONELESS.exec(text)
  if (!match) return null
  const [, year, month, day, hour, minute, second] = match.map(Number)
  const utc = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second)
  // Date.UTC moves an impossible date to the next month or day. Formatting it again reveals that.
  if (new Date(utc).toISOString().slice(0, 19).replace('T', ' ') !== text) return null
  const epoch = utc / 1_000 - utcOffsetMin * 60
  return epoch > 0 ? epoch : null
}
