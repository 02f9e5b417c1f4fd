import 'server-only'
import { setTimeout as timeout } from 'node:timers/promises'

/** Waiting and measuring in this process. What has a date is read from `Clock` instead. */
export interface Timers {
  /** Milliseconds since an arbitrary start. Never goes back. */
  monotonicMs(): number
  /** Resolves after `ms`, or earlier when `wake` aborts. Never rejects. Timers may fire early: check the time again. */
  sleep(ms: number, wake: AbortSignal): Promise<void>
}

export const systemTimers: Timers = {
  monotonicMs: () => performance.now(),
  sleep: (ms, wake) => timeout(ms, undefined, { signal: wake }).catch(() => undefined),
}
