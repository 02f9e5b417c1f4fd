import { Temporal } from 'temporal-polyfill'
import { PushlensError } from '@/lib/contract/errors'
import { DAY, HOUR, MAX_RANGE_DAYS } from '@/lib/contract/limits'
import { DEFAULT_PRESET, type Preset } from '@/lib/contract/ranges'
import { dayOf, isDay, shiftDay, startOfDay, type Zone, zoneOf, zoneOfOffset } from './zone'

/** A range as a person requests it. lib/contract/ranges.ts defines the syntax of `from` and `to`. */
export interface RangeQuestion {
  range?: Preset | undefined
  from?: string | undefined
  to?: string | undefined
  tz?: string | undefined
}

/** A half-open range of epoch seconds on whole minutes. `preset` is null when from or to was given. */
export interface ResolvedRange {
  from: number
  to: number
  tz: string
  preset: Preset | null
}

const MINUTE = 60
const floor = (at: number, step: number): number => Math.floor(at / step) * step

/**
 * Resolves a range in the zone `tz`, or at the app's offset by default. `nowS` is epoch seconds. `7d` and `30d` are
 * full days and end with yesterday. `to` is at most the current minute. Throws `bad_range` with the field at fault.
 */
export function resolveRange(
  question: RangeQuestion,
  { nowS, appOffsetMin }: { nowS: number; appOffsetMin: number },
): ResolvedRange {
  const zone = zoneOf(question.tz ?? zoneOfOffset(appOffsetMin))
  const given = question.from !== undefined || question.to !== undefined
  if (given && question.range !== undefined) {
    throw new PushlensError('bad_range', 'takes a preset or from and to, not both', 'range')
  }
  const preset = given ? null : (question.range ?? DEFAULT_PRESET)
  const span = preset === null ? explicitSpan(question, zone, nowS) : presetSpan(preset, zone, nowS)
  return { ...span, tz: zone.name, preset }
}

function presetSpan(preset: Preset, zone: Zone, nowS: number): { from: number; to: number } {
  const today = dayOf(zone, nowS)
  const midnight = startOfDay(zone, today)
  const back = (days: number) => startOfDay(zone, shiftDay(today, -days))
  switch (preset) {
    case 'today':
      // In the first minute of a day no minute has ended yet. The answer is the current minute, not an error.
      return { from: midnight, to: Math.max(floor(nowS, MINUTE), midnight + MINUTE) }
    case 'yesterday':
      return { from: back(1), to: midnight }
    case '24h':
      return { from: floor(nowS, MINUTE) - DAY, to: floor(nowS, MINUTE) }
    case '7d':
      return { from: back(7), to: midnight }
    case '30d':
      return { from: back(30), to: midnight }
  }
}

function explicitSpan({ from, to }: RangeQuestion, zone: Zone, nowS: number): { from: number; to: number } {
  if (from === undefined) throw new PushlensError('bad_range', 'from is required with to', 'from')
  const end = floor(nowS, MINUTE)
  const start = instantOf(from, zone, 'from')
  const stop = to === undefined ? end : Math.min(instantOf(to, zone, 'to'), end)
  if (start >= end) throw new PushlensError('bad_range', 'begins in the future', 'from')
  if (start >= stop) throw new PushlensError('bad_range', 'ends before it begins', 'to')
  // 400 calendar days can be one hour longer than 400 × 24 hours.
  if (stop - start > MAX_RANGE_DAYS * DAY + HOUR) {
    throw new PushlensError('bad_range', `is longer than ${MAX_RANGE_DAYS} days`, 'from')
  }
  return { from: start, to: stop }
}

/** Reads an instant, a date or epoch seconds, as whole minutes. Throws `bad_range` with the field. */
export function instantOf(text: string, zone: Zone, field: 'from' | 'to'): number {
  if (/^\d{1,12}$/.test(text)) return floor(Number(text), MINUTE)
  if (isDay(text)) return startOfDay(zone, text)
  try {
    return floor(Temporal.Instant.from(text).epochMilliseconds / 1000, MINUTE)
  } catch {
    throw new PushlensError('bad_range', `${field} is not a date or an instant`, field)
  }
}
