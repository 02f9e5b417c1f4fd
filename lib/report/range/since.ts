import { Temporal } from 'temporal-polyfill'
import { PushlensError } from '@/lib/contract/errors'
import { HORIZON } from '@/lib/contract/limits'
import { dayOf, shiftDay, startOfDay, zoneOf, zoneOfOffset } from './zone'

/**
 * Epoch seconds of a time on a clock so many minutes east of UTC; without one, the begin of yesterday there. Not earlier
 * than the statistics reach back. Throws `bad_range` for a day that does not exist and for what has not begun.
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
