import 'server-only'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { ShareQuery } from '@/lib/contract/shares/view'
import { type ResolvedRange, resolveRange } from '@/lib/report/range/range'
import type { Span } from '@/lib/report/range/windows'
import { dayOf, shiftDay, startOfDay, zoneOf, zoneOfOffset } from '@/lib/report/range/zone'

const MINUTE = 60

interface Now {
  nowS: number
  appOffsetMin: number
}
export type Dated = Pick<ShareQuery, 'range' | 'from' | 'to' | 'tz'>

/**
 * Returns every time that a link may show, as spans that do not touch: its own range, and with `back` the last days. A
 * rolling range is made of the app's days, whatever the zone of the visitor, so that no zone reaches further.
 */
export function reachOf(scope: Pick<ShareScope, 'range' | 'dates'>, now: Now): Span[] {
  const own = ownRange(scope, now)
  if (scope.dates.kind !== 'back') return [own]
  const zone = zoneOf(zoneOfOffset(now.appOffsetMin))
  const from = startOfDay(zone, shiftDay(dayOf(zone, now.nowS), -scope.dates.days))
  const back = { from, to: Math.max(own.to, minuteOf(now.nowS)) }
  if (own.to < back.from) return [own, back]
  return [{ from: Math.min(own.from, back.from), to: back.to }]
}

/** Returns whether a link with this reach may show all of a span. */
export function reaches(reach: readonly Span[], { from, to }: Span): boolean {
  return reach.some((span) => span.from <= from && to <= span.to)
}

/**
 * Returns the range of an answer: the part of the requested one that the link may show. Where there is no such part, or
 * the visitor may not choose, it is the link's own range. Throws `bad_range` for a range that nobody can ask for.
 */
export function clampRange(scope: Pick<ShareScope, 'range' | 'dates'>, query: Dated, now: Now): ResolvedRange {
  const own = inZone(ownRange(scope, now), query.tz)
  const asked = query.range !== undefined || query.from !== undefined || query.to !== undefined
  if (scope.dates.kind === 'none' || !asked) return own
  const wanted = wholeHours(resolveRange(query, now), now)
  const parts = reachOf(scope, now)
    .map((span) => ({ from: Math.max(span.from, wanted.from), to: Math.min(span.to, wanted.to) }))
    .filter(({ from, to }) => from < to)
  // Of two parts the later one: people look at what is new.
  const part = parts.at(-1)
  if (!part) return own
  const isWhole = part.from === wanted.from && part.to === wanted.to
  return wholeHours({ ...part, tz: wanted.tz, preset: isWhole ? wanted.preset : null }, now)
}

/**
 * Returns the whole hours of a range, or the app's days. A link reads what is stored, which is days and hours: the rest of an
 * hour would have to be fetched. A range within an hour stays as it is.
 */
function wholeHours(range: ResolvedRange, { appOffsetMin }: Now): ResolvedRange {
  const isMidnight = (at: number) => (at + appOffsetMin * 60) % DAY === 0
  const from = isMidnight(range.from) ? range.from : Math.ceil(range.from / HOUR) * HOUR
  const to = isMidnight(range.to) ? range.to : Math.floor(range.to / HOUR) * HOUR
  return from < to ? { ...range, from, to } : range
}

/** Returns the range that a link opens with, on whole minutes inside of it. Throws `bad_range` before it begins. */
function ownRange({ range }: Pick<ShareScope, 'range'>, now: Now): ResolvedRange {
  if (range.mode === 'rolling') return wholeHours(resolveRange({ range: range.preset }, now), now)
  const second = (instant: string) => Math.floor(Date.parse(instant) / 1_000)
  const span = { from: String(upToMinute(second(range.from))), to: String(second(range.to)) }
  return wholeHours(resolveRange(span, now), now)
}

/** The days of a preset are the app's. In another zone the same time is a range without a name. */
function inZone(own: ResolvedRange, tz: string | undefined): ResolvedRange {
  if (tz === undefined || zoneOf(tz).name === own.tz) return own
  return { ...own, tz, preset: null }
}

const minuteOf = (at: number): number => Math.floor(at / MINUTE) * MINUTE
const upToMinute = (at: number): number => Math.ceil(at / MINUTE) * MINUTE
