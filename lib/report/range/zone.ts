import { PushlensError } from '@/lib/contract/errors'
import { DAY, HOUR } from '@/lib/contract/limits'

/** A time zone: `offsetAt` is seconds east of UTC at an instant in epoch seconds. */
export interface Zone {
  name: string
  offsetAt(at: number): number
}

/**
 * An IANA name or a fixed offset like '+05:30'. Offsets are read here because Node 20 does not take them as a `timeZone`.
 * Throws `bad_range` with field `tz` for anything else.
 */
export function zoneOf(name: string): Zone {
  const fixed = fixedOffset(name)
  if (fixed !== null) return { name, offsetAt: () => fixed }
  const clock = clockOf(name)
  return { name, offsetAt: (at) => offsetOn(clock, at) }
}

/** Seconds east of UTC of '+05:30' and of what `zoneOfOffset` names; null for any other. A year asks 1 500 times, and Intl is slow. */
function fixedOffset(name: string): number | null {
  if (name === 'UTC') return 0
  const [, opposite, whole] = /^Etc\/GMT([+-])([1-9]\d?)$/.exec(name) ?? []
  if (opposite) {
    const offset = Number(whole) * (opposite === '-' ? HOUR : -HOUR)
    return offset <= 14 * HOUR && offset >= -12 * HOUR ? offset : null
  }
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(name) ?? []
  if (!sign || Number(hours) > 18 || Number(minutes) >= 60) return null
  return (Number(hours) * HOUR + Number(minutes) * 60) * (sign === '-' ? -1 : 1)
}

/**
 * The name of a fixed offset that every Intl takes: 'Etc/GMT-8' is UTC+8 (the sign is POSIX's). Offsets off the whole
 * hour have no such name and stay '+05:30', which newer engines and `zoneOf` take.
 */
export function zoneOfOffset(minutes: number): string {
  if (minutes === 0) return 'UTC'
  const east = minutes > 0
  const size = Math.abs(minutes)
  if (size % 60 === 0 && size <= (east ? 14 : 12) * 60) return `Etc/GMT${east ? '-' : '+'}${size / 60}`
  const two = (n: number) => String(n).padStart(2, '0')
  return `${east ? '+' : '-'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** The calendar day, 'YYYY-MM-DD', an instant falls on. */
export function dayOf(zone: Zone, at: number): string {
  return isoDay(at + zone.offsetAt(at))
}

export function shiftDay(day: string, days: number): string {
  return isoDay(utcMidnight(day) + days * DAY)
}

/** The Monday of the week a day lies in. */
export function mondayOf(day: string): string {
  return shiftDay(day, -((new Date(utcMidnight(day) * 1000).getUTCDay() + 6) % 7))
}

/** Whether 'YYYY-MM-DD' is a day of the calendar: 2026-02-30 is not. */
export function isDay(day: string): boolean {
  const at = utcMidnight(day)
  return Number.isFinite(at) && isoDay(at) === day
}

/**
 * The first instant of a day: midnight, the earlier of two midnights, or where the clock jumps over midnight the jump.
 * Days so begun touch without gap or overlap; a day a zone skipped altogether has length zero.
 */
export function startOfDay(zone: Zone, day: string): number {
  const utc = utcMidnight(day)
  const before = zone.offsetAt(utc - DAY)
  const after = zone.offsetAt(utc + DAY)
  if (before === after) return utc - before
  const real = [utc - before, utc - after].filter((at) => at + zone.offsetAt(at) === utc)
  return real.length > 0 ? Math.min(...real) : jumpBetween(zone, utc - DAY, utc + DAY)
}

/** The instant at which the offset stops being that of `from`; offsets of `from` and `to` differ. */
function jumpBetween(zone: Zone, from: number, to: number): number {
  const old = zone.offsetAt(from)
  let [low, high] = [from, to]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (zone.offsetAt(middle) === old) low = middle
    else high = middle
  }
  return high
}

const utcMidnight = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000
const isoDay = (shifted: number): string => new Date(Math.floor(shifted / DAY) * DAY * 1000).toISOString().slice(0, 10)

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric'
  const fields = {
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  } as const
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', hourCycle: 'h23', ...fields })
  } catch {
    throw new PushlensError('bad_range', `${timeZone} is not a time zone`, 'tz')
  }
}

function offsetOn(clock: Intl.DateTimeFormat, at: number): number {
  const second = Math.floor(at)
  const part: Record<string, number> = {}
  for (const { type, value } of clock.formatToParts(second * 1000)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, part.second) / 1000 - second
}
