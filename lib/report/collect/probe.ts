import { DAY, HOUR, MIN_VOLUME } from '@/lib/contract/limits'

/** Rows of one window may be counted in the next too, at its very border; more than this is no border. */
const TOLERANCE = 0.01

export type AddUp = 'add_up' | 'differ'

/** Whether windows side by side make up the window that spans them; null where too little is known to say. */
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
  /** What windows are widened to. */
  unit: Unit
}

export type EndStep = { ask: number } | { found: EndFound | null }

/** Whether no border of a larger unit is so near that it could be taken for one of a smaller. */
export function isDecisive(at: number, offsetMin: number): boolean {
  const local = at + offsetMin * 60
  return local % UNITS.minute > 1 && local % HOUR > 2 * UNITS.minute && local % DAY > 2 * HOUR
}

/**
 * A task is sent at second `at`: whether a window that ends there holds it tells if EndTime is part of the window. Where
 * windows are widened to whole units, the same is asked at the begin of the unit. `sent` has the task's count for each
 * EndTime asked so far; gives the next to ask, or what is found, null where it cannot be told.
 */
export function endStep(at: number, sent: ReadonlyMap<number, number | null>, offsetMin: number): EndStep {
  for (const unit of ['second', 'minute', 'hour', 'day'] as const) {
    const step = UNITS[unit]
    const shift = offsetMin * 60
    const border = Math.floor((at + shift) / step) * step - shift
    // Windows that end right before, at, and a unit after the border.
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
 * By the counts of a task in its second day, in which nothing was sent any more: what arrives or is clicked then stands
 * in it only where counts are by their own time. `first` is its first day, which says whether there was anything.
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

/** Whether the current day is known while it runs, from the hours held; null where too little was sent to say. */
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
/** From the second in an ID to the time of the push in its trace: never much before, rarely long after. */
const [EARLY, LATE] = [-60, 600]

/**
 * The offset that a zoneless time was written at, in minutes, from the second its ID was made; null where the two are
 * too far from a quarter of an hour to tell. `read` is the time as it was read at `offsetMin`.
 */
export function offsetFrom(read: number, sentAt: number, offsetMin: number): number | null {
  const gap = read - sentAt
  const quarters = Math.floor((gap - EARLY) / QUARTER)
  const rest = gap - quarters * QUARTER
  const found = offsetMin + quarters * (QUARTER / 60)
  return rest <= LATE && found >= -12 * 60 && found <= 14 * 60 ? found : null
}

/** What three look-ups in a row agree on, where it is not what is set. */
export function otherOffset(found: number[], offsetMin: number): number | null {
  const [first] = found
  const agreed = found.length >= 3 && found.every((one) => one === first)
  return agreed && first !== undefined && first !== offsetMin ? first : null
}
