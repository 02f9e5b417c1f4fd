import { Temporal } from 'temporal-polyfill'
import { zoneOfOffset } from '@/lib/report/range/zone'

/** A date, or a date and a time of day, as sheets write it in English, Chinese and Korean; a zone may follow. */
const WALL =
  /^(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[.日일]?(?:[ T]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i
const EPOCH = /^(\d{10})(\d{3})?$/
const [EARLIEST, LATEST] = [Date.UTC(2015, 0) / 1_000, Date.UTC(2100, 0) / 1_000]

/**
 * Epoch seconds of a time in a sheet: an ISO instant, epoch seconds or milliseconds, or year, month and day first. What
 * names no zone is read at `offsetMin`. Null where it cannot be told, as for 03/04/2026, or is out of this century.
 */
export function sheetTime(text: string, offsetMin: number): number | null {
  if (text.length > 60) return null
  const said = text.normalize('NFKC').trim()
  const at = EPOCH.test(said) ? Number(said.slice(0, 10)) : wallTime(said, offsetMin)
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
