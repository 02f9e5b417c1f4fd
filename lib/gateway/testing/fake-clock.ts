import 'server-only'
import { setImmediate } from 'node:timers/promises'
import type { Clock } from '@/lib/contract/clock'
import type { Timers } from '@/lib/gateway/timers'

interface Sleeper {
  at: number
  wake(): void
}

/** A clock and timers that stand still until a test calls `pass`. */
export class FakeClock implements Clock, Timers {
  #nowMs: number
  #asleep: Sleeper[] = []
  readonly #startMs: number

  constructor(startMs = Date.UTC(2026, 10, 21, 8)) {
    this.#startMs = startMs
    this.#nowMs = startMs
  }

  /** Moves the wall clock against the monotonic one, in milliseconds. */
  jumped = 0

  readonly wallMs = () => this.#nowMs + this.jumped
  readonly dataS = () => Math.floor(this.wallMs() / 1_000)
  readonly monotonicMs = () => this.#nowMs - this.#startMs

  readonly sleep = (ms: number, wake: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const end = () => {
        wake.removeEventListener('abort', end)
        this.#asleep = this.#asleep.filter((one) => one !== sleeper)
        resolve()
      }
      const sleeper: Sleeper = { at: this.#nowMs + ms, wake: end }
      this.#asleep.push(sleeper)
      wake.addEventListener('abort', end)
    })

  /** Advances time by `ms`. Wakes sleepers in order and lets each finish its work before the next. */
  async pass(ms: number): Promise<void> {
    const until = this.#nowMs + ms
    for (;;) {
      await settled()
      const next = this.#asleep.sort((a, b) => a.at - b.at)[0]
      if (!next || next.at > until) break
      this.#asleep.shift()
      this.#nowMs = Math.max(this.#nowMs, next.at)
      next.wake()
    }
    this.#nowMs = until
    await settled()
  }
}

/** Waits until pending SQLite work is done; all of it runs in promises. */
async function settled(): Promise<void> {
  for (let i = 0; i < 3; i++) await setImmediate()
}
