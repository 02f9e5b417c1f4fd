import { PushlensError } from '@/lib/contract/errors'
import { DAY, HORIZON } from '@/lib/contract/limits'
import { isDay } from './zone'

/**
 * Epoch seconds of a time on a clock so many minutes east of UTC; without one, the begin of yesterday there. Not earlier
 * than the statistics reach back. Throws `bad_range` for a day that does not exist and for what has not begun.
 */
export function sinceOf(text: string | undefined, offsetMin: number, now: number): number {
  const east = offsetMin * 60
  if (text === undefined) return Math.floor((now + east) / DAY) * DAY - DAY - east
  const [day = '', time = '00:00'] = text.split('T')
  const at = Date.parse(`${day}T${time}:00Z`) / 1_000 - east
  if (!isDay(day) || !Number.isFinite(at)) throw new PushlensError('bad_range', `${text} is not a time`, 'since')
  if (at >= now) throw new PushlensError('bad_range', `${text} is in the future`, 'since')
  return Math.max(at, now - HORIZON.statistics)
}
