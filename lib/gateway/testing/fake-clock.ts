import 'server-only'
import { setImmediate } from 'node:timers/promises'
import type { Clock } from '@/lib/contract/clock'
import type { Timers } from '@/lib/gateway/timers'

interface Sleeper {
  at: number
  wake(): void
}

/** A clock that stands still until it is told to go on; both of its times move together. */
export class FakeClock implements Clock, Timers {
  #nowMs: number
  #asleep: Sleeper[] = []
  readonly #startMs: number

  constructor(startMs = Date.UTC(2026, 10, 21, 8)) {
    this.#startMs = startMs
    this.#nowMs = startMs
  }

  /** The wall clock alone, against the monotonic one. */
  jumped = 0

  readonly wallMs = () => this.#nowMs + this.jumped
  readonly dataS = () => Math.floor(this.wallMs() / 1_000)
  readonly monotonicMs = () => this.#nowMs - this.#startMs

  readonly sleep = (ms: number, wake: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const sleeper = { at: this.#nowMs + ms, wake: resolve }
      this.#asleep.push(sleeper)
      wake.addEventListener('abort', () => {
        this.#asleep = this.#asleep.filter((one) => one !== sleeper)
        resolve()
      })
    })

  /** Lets `ms` pass, waking sleepers in order and letting each do its work before the next. */
  async pass(ms: number): Promise<void> {
    const until = this.#nowMs + ms
    for (;;) {
      await quiet()
      const next = this.#asleep.sort((a, b) => a.at - b.at)[0]
      if (!next || next.at > until) break
      this.#asleep.shift()
      this.#nowMs = Math.max(this.#nowMs, next.at)
      next.wake()
    }
    this.#nowMs = until
    await quiet()
  }
}

/** Until SQLite's work, which is all promises, has come to rest. */
async function quiet(): Promise<void> {
  for (let i = 0; i < 3; i++) await setImmediate()
}
