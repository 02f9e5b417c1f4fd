import 'server-only'
import { setTimeout as timeout } from 'node:timers/promises'

/** Milliseconds. `monotonic` never goes back; `sleep` ends early when the signal says so, and never throws. */
export interface Clock {
  now(): number
  monotonic(): number
  sleep(ms: number, wake: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, wake) => timeout(ms, undefined, { signal: wake }).catch(() => undefined),
}
