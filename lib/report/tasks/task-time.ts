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

function wallTime(said: string, offsetMin: number): number | null {
  const match = WALL.exec(said)
  if (!match) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  // What does not exist rolls over into the next month, day or hour: read back it is another.
  const back = [at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()]
  if (String(back) !== String([month, day, hour, minute, second])) return null
  return at.getTime() / 1_000 - (zoneMinutes(match[7]) ?? offsetMin) * 60
}

function zoneMinutes(zone: string | undefined): number | null {
  if (zone === undefined) return null
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? []
  return sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
}
