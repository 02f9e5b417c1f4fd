import { offsetSeconds, type Switches } from '../switches'

const SECONDS: Record<Switches['grain'], number> = { second: 1, minute: 60, hour: 3_600, day: 86_400 }

/** Returns the last second whose events are visible at `asOf`. */
export function knownUntil(asOf: number, { lag, utcOffset }: Switches): number {
  if (lag === 'none') return asOf
  const local = asOf + offsetSeconds(utcOffset)
  return asOf - (((local % 86_400) + 86_400) % 86_400) - 1
}

/** Returns whether a second belongs to a window, that is, whether its grain unit overlaps the window. */
export function isInWindow(
  at: number,
  window: { from: number; to: number },
  { grain, endTime, utcOffset }: Switches,
): boolean {
  const unit = SECONDS[grain]
  const local = at + offsetSeconds(utcOffset)
  const start = at - (((local % unit) + unit) % unit)
  const beginsInTime = endTime === 'inclusive' ? start <= window.to : start < window.to
  return beginsInTime && start + unit > window.from
}
