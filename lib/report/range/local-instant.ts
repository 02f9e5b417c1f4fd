import { Temporal } from 'temporal-polyfill'
import { PushlensError } from '@/lib/contract/errors'
import type { Zone } from './zone'

/**
 * Reads an instant, or a local time in the zone, as epoch seconds on whole minutes. A time that the clock shows twice is
 * the first one; a skipped one is moved by the change. Throws `bad_range` with field `at`.
 */
export function localInstant(text: string, zone: Zone): number {
  try {
    const at = /(Z|[+-]\d{2}:?\d{2})$/.test(text)
      ? Temporal.Instant.from(text)
      : Temporal.PlainDateTime.from(text).toZonedDateTime(zone.name).toInstant()
    return Math.floor(at.epochMilliseconds / 60_000) * 60
  } catch {
    throw new PushlensError('bad_range', 'at is not an instant', 'at')
  }
}
