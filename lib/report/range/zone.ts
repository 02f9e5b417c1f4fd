import { LRUCache } from 'lru-cache'
import { Temporal } from 'temporal-polyfill'
import { PushlensError } from '@/lib/contract/errors'
import { DAY } from '@/lib/contract/limits'

/** A time zone. `offsetAt` returns seconds east of UTC at an instant in epoch seconds. */
export interface Zone {
  name: string
  offsetAt(at: number): number
}

/** An IANA name, or an offset of at most 18 hours. Temporal alone would also take '+08' and whole timestamps. */
const ZONE_NAME = /^(?:[a-z][\w+/-]*|[+-](?:0\d|1[0-8]):?[0-5]\d)$/i

/** Zones are remembered, because every request asks for one. */
const zones = new LRUCache<string, Zone>({ max: 100 })
/** Ranges of some years have this many periods. */
const MOST_PERIODS = 20

/** Resolves an IANA name or a fixed offset such as '+05:30'. Throws `bad_range` with field `tz` for anything else. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name)
  if (known) return known
  zoned(name, 0)
  const zone = { name, offsetAt: rememberPeriods((at) => periodFrom(name, at)) }
  zones.set(name, zone)
  return zone
}

/** Remembers the periods found, the last one first: a year has two clock changes, but a plan of a year asks 1,500 times. */
function rememberPeriods(find: (at: number) => OffsetPeriod): Zone['offsetAt'] {
  const periods: OffsetPeriod[] = []
  return (at) => {
    const known = periods.find(({ from, to }) => at >= from && at < to)
    if (known) return known.offset
    const found = find(at)
    const later = periods.find(({ to }) => to === found.to)
    if (later) later.from = found.from
    else periods.unshift(found)
    periods.splice(MOST_PERIODS)
    return found.offset
  }
}

/** A time in which the offset stays the same: half-open, epoch seconds. The offset is seconds east of UTC. */
interface OffsetPeriod {
  from: number
  to: number
  offset: number
}

/** Returns the period from an instant to the next clock change. Where it began is not searched: that takes far longer. */
function periodFrom(name: string, at: number): OffsetPeriod {
  const from = Math.floor(at)
  const local = zoned(name, from)
  const next = local.getTimeZoneTransition('next')
  return {
    from,
    to: next === null ? Infinity : next.epochMilliseconds / 1_000,
    offset: local.offsetNanoseconds / 1e9,
  }
}

function zoned(name: string, second: number): Temporal.ZonedDateTime {
  try {
    if (ZONE_NAME.test(name)) return Temporal.Instant.fromEpochMilliseconds(second * 1_000).toZonedDateTimeISO(name)
  } catch {
    // Not a zone: refused below, as other texts are.
  }
  throw new PushlensError('bad_range', `${name} is not a time zone`, 'tz')
}

/**
 * Returns the name of a fixed offset that every Intl accepts: 'Etc/GMT-8' is UTC+8 (the sign is POSIX's). Offsets that
 * are not whole hours have no such name and stay '+05:30', which newer engines and `zoneOf` accept.
 */
export function zoneOfOffset(minutes: number): string {
  if (minutes === 0) return 'UTC'
  const east = minutes > 0
  const size = Math.abs(minutes)
  if (size % 60 === 0 && size <= (east ? 14 : 12) * 60) return `Etc/GMT${east ? '-' : '+'}${size / 60}`
  const two = (n: number) => String(n).padStart(2, '0')
  return `${east ? '+' : '-'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** Returns the calendar day, 'YYYY-MM-DD', of an instant. */
export function dayOf(zone: Zone, at: number): string {
  return isoDay(at + zone.offsetAt(at))
}

export function shiftDay(day: string, days: number): string {
  return isoDay(utcMidnight(day) + days * DAY)
}

/** Returns the Monday of the week that contains a day. */
export function mondayOf(day: string): string {
  return shiftDay(day, -((new Date(utcMidnight(day) * 1000).getUTCDay() + 6) % 7))
}

/** Returns whether 'YYYY-MM-DD' is a day of the calendar. 2026-02-30 is not. */
export function isDay(day: string): boolean {
  const at = utcMidnight(day)
  return Number.isFinite(at) && isoDay(at) === day
}

/**
 * Returns the first instant of a day: midnight, the earlier of two midnights, or the clock change that skips midnight.
 * Neighbouring days touch without gap or overlap. A day that a zone skipped has length zero.
 */
export function startOfDay(zone: Zone, day: string): number {
  const utc = utcMidnight(day)
  const offset = zone.offsetAt(utc - DAY)
  if (offset === zone.offsetAt(utc + DAY)) return utc - offset
  return Temporal.PlainDate.from(day).toZonedDateTime(zone.name).epochMilliseconds / 1_000
}

const utcMidnight = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000
const isoDay = (shifted: number): string => new Date(Math.floor(shifted / DAY) * DAY * 1000).toISOString().slice(0, 10)
