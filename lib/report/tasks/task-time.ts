import { Temporal } from 'temporal-polyfill'
import { zoneOfOffset } from '@/lib/report/range/zone'

/** A date, or a date and a time, as sheets in English, Chinese and Korean write it. A zone may follow. */
const WALL =
  /^(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})(?:\s*[.日일])?(?:[ T]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i
const EPOCH = /^(\d{10})(\d{3})?$/
const [EARLIEST, LATEST] = [Date.UTC(2015, 0) / 1_000, Date.UTC(2100, 0) / 1_000]

/**
 * Reads a time from a sheet as epoch seconds: an ISO instant, epoch seconds or milliseconds, or a date that begins with
 * the year. A time without a zone is read at `offsetMin`. Null where it is ambiguous, as 03/04/2026 is, or not in this
 * century.
 */
export function sheetTime(text: string, offsetMin: number): number | null {
  if (text.length > 60) return null
  const plain = text.normalize('NFKC').trim()
  const at = EPOCH.test(plain) ? Number(plain.slice(0, 10)) : wallTime(plain, offsetMin)
  return at !== null && at >= EARLIEST && at < LATEST ? at : null
}

function wallTime(text: string, offsetMin: number): number | null {
  const match = WALL.exec(text)
  if (!match) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const zone = match[7]?.toUpperCase() ?? zoneOfOffset(offsetMin)
  try {
    const wall = new Temporal.PlainDateTime(year, month, day, hour, minute, second)
    return wall.toZonedDateTime(zone === 'Z' ? 'UTC' : zone).epochMilliseconds / 1_000
  } catch {
    return null
  }
}
