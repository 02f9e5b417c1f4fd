import type { Clock } from '@/lib/contract/clock'

/** Real time, for tests that do not move the clock. */
export const realClock: Clock = {
  wallMs: () => Date.now(),
  dataS: () => Math.floor(Date.now() / 1_000),
}

/** Returns a clock whose real time and data time are the same. `nowS` is epoch seconds, or a function that returns them. */
export function clockAt(nowS: number | (() => number)): Clock {
  const dataS = typeof nowS === 'number' ? () => nowS : nowS
  return { dataS, wallMs: () => dataS() * 1_000 }
}

/** Returns the same clock, later by so many seconds. */
export function laterBy(clock: Clock, seconds: number): Clock {
  return { dataS: () => clock.dataS() + seconds, wallMs: () => clock.wallMs() + seconds * 1_000 }
}
