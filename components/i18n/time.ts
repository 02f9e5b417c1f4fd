import type { Locale } from './locale'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'
const clocks = new Map<string, Intl.DateTimeFormat>()

function clock(tz: string): Intl.DateTimeFormat {
  const cached = clocks.get(tz)
  if (cached) return cached
  const numeric = 'numeric' as const
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: tz,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  })
  clocks.set(tz, made)
  return made
}

/**
 * Returns a fixed offset such as '+05:30' in minutes. Node 20 does not accept it as a time zone, so the clock is
 * shifted.
 */
function fixedOffset(tz: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(tz) ?? []
  return sign === undefined ? null : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
}

/** Takes only digits from Intl. The words around them are ours, so that server and browser agree. */
function parts(iso: string, tz: string): Record<Part, number> {
  const fixed = fixedOffset(tz)
  if (fixed !== null) return parts(new Date(Date.parse(iso) + fixed * 60_000).toISOString(), 'UTC')
  const found = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }
  for (const { type, value } of clock(tz).formatToParts(new Date(iso))) {
    if (type in found) found[type as Part] = Number(value)
  }
  return found
}

const two = (n: number) => String(n).padStart(2, '0')

export function day(iso: string, tz: string, locale: Locale): string {
  const p = parts(iso, tz)
  if (locale === 'zh-CN') return `${p.month}月${p.day}日`
  return locale === 'ko' ? `${p.month}월 ${p.day}일` : `${p.day} ${MONTHS[p.month - 1]}`
}

/** Returns `14 Nov 12:03` in the zone `tz`. */
export function minute(iso: string, tz: string, locale: Locale): string {
  const p = parts(iso, tz)
  return `${day(iso, tz, locale)} ${two(p.hour)}:${two(p.minute)}`
}

/**
 * Returns `14 Nov 12:03`, for labels that stand alone. A minute that the zone's clock shows twice, because the clock is
 * put back, has its offset: `1 Nov 01:00 (UTC−4)`.
 */
export function distinctMinute(iso: string, tz: string, locale: Locale): string {
  const label = minute(iso, tz, locale)
  return isShownTwice(iso, tz) ? `${label} (${zoneLabel(iso, tz)})` : label
}

const DAY_MS = 86_400_000

/** Tells whether another instant, before or after a clock change nearby, has the same wall clock. */
function isShownTwice(iso: string, tz: string): boolean {
  if (fixedOffset(tz) !== null) return false
  const at = Date.parse(iso)
  const own = offsetMs(at, tz)
  return [at - DAY_MS, at + DAY_MS].some((near) => {
    const other = offsetMs(near, tz)
    return other !== own && offsetMs(at + own - other, tz) === other
  })
}

/** Returns how far the clock of `tz` is ahead of UTC at an instant, in milliseconds. */
function offsetMs(at: number, tz: string): number {
  const p = parts(new Date(at).toISOString(), tz)
  const wall = Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second)
  return Math.round((wall - at) / 60_000) * 60_000
}

/** Returns `12:03:22` in the zone `tz`. */
export function second(iso: string, tz: string): string {
  const p = parts(iso, tz)
  return `${two(p.hour)}:${two(p.minute)}:${two(p.second)}`
}

/** Returns `2026-11-14`, the format of a date input. */
export function isoDay(iso: string, tz: string): string {
  const p = parts(iso, tz)
  return `${p.year}-${two(p.month)}-${two(p.day)}`
}

/** Returns the day and the time of day, `HH:MM`: the formats of a form's inputs. */
export function dayAndTime(iso: string, tz: string): { day: string; time: string } {
  const p = parts(iso, tz)
  return { day: isoDay(iso, tz), time: `${two(p.hour)}:${two(p.minute)}` }
}

/** Returns the offset of `tz` at that instant: `UTC+8`, `UTC−3:30`. */
export function zoneLabel(iso: string, tz: string): string {
  const offset = offsetMs(Date.parse(iso), tz) / 60_000
  if (offset === 0) return 'UTC'
  const size = Math.abs(offset)
  const minutes = size % 60 ? `:${two(size % 60)}` : ''
  return `UTC${offset < 0 ? '−' : '+'}${Math.floor(size / 60)}${minutes}`
}

/** Returns `Asia/Shanghai · UTC+8`, or the offset alone when the zone is only an offset. */
export function zoneName(iso: string, tz: string): string {
  const label = zoneLabel(iso, tz)
  return fixedOffset(tz) !== null || tz.startsWith('Etc/') || tz === 'UTC' ? label : `${tz} · ${label}`
}
