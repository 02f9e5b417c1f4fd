import { Temporal } from 'temporal-polyfill'
import { PushlensError } from '@/lib/contract/errors'
import { HORIZON } from '@/lib/contract/limits'
import { dayOf, shiftDay, startOfDay, zoneOf, zoneOfOffset } from './zone'

/**
 * Resolves a local time at an offset in minutes to epoch seconds. Without a time, returns the start of yesterday. The
 * result is no earlier than Tencent's statistics horizon. Throws `bad_range` for an invalid time and for a time in the
 * future.
 */
export function sinceOf(text: string | undefined, offsetMin: number, nowS: number): number {
  const zone = zoneOfOffset(offsetMin)
  const at = text === undefined ? startOfYesterday(zone, nowS) : localTime(text, zone)
  if (at >= nowS) throw new PushlensError('bad_range', `${text} is in the future`, 'since')
  return Math.max(at, nowS - HORIZON.statistics)
}

function startOfYesterday(name: string, nowS: number): number {
  const zone = zoneOf(name)
  return startOfDay(zone, shiftDay(dayOf(zone, nowS), -1))
}

function localTime(text: string, zone: string): number {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds / 1_000
  } catch {
    throw new PushlensError('bad_range', `${text} is not a time`, 'since')
  }
}
