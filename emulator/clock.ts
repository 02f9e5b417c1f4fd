/** Real time. Taken when the module is read, so that a test's fake timers do not reach the emulator. */
const { now } = Date
const { bigint: hrtime } = process.hrtime
const timeout = setTimeout

/** `shift` moves the time of the data alone: signatures, spacing and delays always live in real time. */
export class Clock {
  /** Seconds. */
  shift = 0

  /** Milliseconds that never go back. */
  monotonic(): number {
    return Number(hrtime()) / 1e6
  }

  /** Real milliseconds since the epoch. */
  wall(): number {
    return now()
  }

  /** The current second of the data. */
  data(): number {
    return Math.floor(now() / 1_000) + this.shift
  }

  later(ms: number, act: () => void): void {
    timeout(act, ms).unref()
  }
}
