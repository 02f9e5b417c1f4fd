/** Real timers, captured at import so that a test's fake timers do not affect the emulator. */
const { now } = Date
const { bigint: hrtime } = process.hrtime
const timeout = setTimeout

/** The emulator's clock. `shift` moves data time only; signatures, spacing and delays use real time. */
export class Clock {
  /** Seconds that data time is ahead of real time. */
  shift = 0

  /** Returns monotonic milliseconds. */
  monotonic(): number {
    return Number(hrtime()) / 1e6
  }

  /** Returns real time in epoch milliseconds. */
  wall(): number {
    return now()
  }

  /** Returns data time in epoch seconds. */
  data(): number {
    return Math.floor(now() / 1_000) + this.shift
  }

  later(ms: number, act: () => void): void {
    timeout(act, ms).unref()
  }
}
