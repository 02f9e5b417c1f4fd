import type { Clock } from '@/lib/contract/clock'

/** Real time, for tests that do not move the clock. */
export const realClock: Clock = {
  wallMs: () => Date.now(),
  dataS: () => Math.floor(Date.now() / 1_000),
}
