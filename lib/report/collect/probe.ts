import { DAY, HOUR, MIN_VOLUME } from '@/lib/contract/limits'

/** Two neighbouring windows may count the same row at their border. A larger difference has another cause. */
const TOLERANCE = 0.01

export type AddUp = 'add_up' | 'differ'

/** Returns whether parts add up to the window that spans them; null where too little is known. */
export function addUp(parts: (number | null)[], whole: number | null): AddUp | null {
  if (whole === null || whole < MIN_VOLUME || parts.length === 0) return null
  let sum = 0
  for (const part of parts) {
    if (part === null) return null
    sum += part
  }
  return Math.abs(sum - whole) <= whole * TOLERANCE ? 'add_up' : 'differ'
}

export const UNITS = { second: 1, minute: 60, hour: HOUR, day: DAY } as const
export type Unit = keyof typeof UNITS

export interface EndFound {
  end: 'excluded' | 'included'
  /** The unit that Tencent widens windows to. */
  unit: Unit
}

export type EndStep = { ask: number } | { found: EndFound | null }

/**
 * Returns whether a time is far enough from the borders of larger units, so that they cannot be mistaken for one
 * another.
 */
export function isDecisive(at: number, offsetMin: number): boolean {
  const local = at + offsetMin * 60
  return local % UNITS.minute > 1 && local % HOUR > 2 * UNITS.minute && local % DAY > 2 * HOUR
}

/**
 * Finds out whether EndTime belongs to a window, from a task sent at second `at`: does a window that ends there contain
 * the task? Where Tencent widens windows to a unit, the start of that unit is tried. `sent` maps each EndTime tried so
 * far to the task's count. Returns the next EndTime to try or the result; null where the answers do not decide.
 */
export function endStep(at: number, sent: ReadonlyMap<number, number | null>, offsetMin: number): EndStep {
  for (const unit of ['second', 'minute', 'hour', 'day'] as const) {
    const step = UNITS[unit]
    const shift = offsetMin * 60
    const border = Math.floor((at + shift) / step) * step - shift
    // Windows that end right before the border, at it, and one unit after it.
    const seen: boolean[] = []
    for (const end of [border - 1, border, border + step]) {
      const count = sent.get(end)
      if (count === undefined) return { ask: end }
      if (count === null) return { found: null }
      seen.push(count > 0)
      if (count > 0) break
    }
    const [before, on, after] = seen
    if (before) continue
    if (on) return { found: { end: 'included', unit } }
    return { found: after ? { end: 'excluded', unit } : null }
  }
  return { found: null }
}

/**
 * Finds out whether Tencent counts by time of sending or by time of event, from a task's second day, in which nothing
 * was sent. Deliveries or clicks on that day are possible only by time of event. `first` is its first day and shows
 * whether the volume was large enough. Null where the counts do not decide.
 */
export function countedBy(
  first: { sent: number | null },
  second: { sent: number | null; delivered: number | null; clicked: number | null },
): 'sending' | 'event' | null {
  const { sent, delivered, clicked } = second
  if (sent !== 0 || delivered === null || clicked === null) return null
  if (delivered + clicked > 0) return 'event'
  return (first.sent ?? 0) >= 5 * MIN_VOLUME ? 'sending' : null
}

export interface HourSeen {
  from: number
  /** Epoch seconds of its fetch. */
  fetchedAt: number
  sent: number | null
}

/**
 * Returns whether statistics of the current day are available while it runs (`none`) or a day late, from the stored
 * hours; null where the volume is too small.
 */
export function lagOf(hours: HourSeen[], nowS: number, offsetMin: number): 'none' | 'day' | null {
  const shift = offsetMin * 60
  const midnight = Math.floor((nowS + shift) / DAY) * DAY - shift
  const today = hours.filter(({ from }) => from >= midnight && from < nowS)
  if (today.some(({ sent }) => (sent ?? 0) > 0)) return 'none'
  const begins = new Set(today.map(({ from }) => from))
  const before = hours.filter(({ from }) => begins.has(from + 2 * DAY))
  return before.reduce((sum, { sent }) => sum + (sent ?? 0), 0) >= 5 * MIN_VOLUME ? 'day' : null
}

const QUARTER = 900
/** A push in a trace is at most this many seconds earlier or later than the second in its ID. */
const [EARLY, LATE] = [-60, 600]

/**
 * Returns the offset, in minutes, at which Tencent wrote a time without a zone, from the second in its ID. `read` is
 * the time as read at `offsetMin`. Null where the difference is not close to a multiple of 15 minutes.
 */
export function offsetFrom(read: number, sentAt: number, offsetMin: number): number | null {
  const gap = read - sentAt
  const quarters = Math.floor((gap - EARLY) / QUARTER)
  const rest = gap - quarters * QUARTER
  const found = offsetMin + quarters * (QUARTER / 60)
  return rest <= LATE && found >= -12 * 60 && found <= 14 * 60 ? found : null
}

/** Returns the offset that at least three look-ups agree on, if it differs from the configured one. */
export function otherOffset(found: number[], offsetMin: number): number | null {
  const [first] = found
  const agreed = found.length >= 3 && found.every((one) => one === first)
  return agreed && first !== undefined && first !== offsetMin ? first : null
}
