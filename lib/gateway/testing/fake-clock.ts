import 'server-only'
import { setImmediate } from 'node:timers/promises'
import type { Clock } from '@/lib/gateway/clock'

interface Sleeper {
  at: number
  wake(): void
}

/** A clock that stands still until it is told to go on; both of its times move together. */
export class FakeClock implements Clock {
  #now: number
  #asleep: Sleeper[] = []
  readonly #start: number

  constructor(start = Date.UTC(2026, 10, 21, 8)) {
    this.#start = start
    this.#now = start
  }

  /** The wall clock alone, against the monotonic one. */
  jumped = 0

  readonly now = () => this.#now + this.jumped
  readonly monotonic = () => this.#now - this.#start

  readonly sleep = (ms: number, wake: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const sleeper = { at: this.#now + ms, wake: resolve }
      this.#asleep.push(sleeper)
      wake.addEventListener('abort', () => {
        this.#asleep = this.#asleep.filter((one) => one !== sleeper)
        resolve()
      })
    })

  /** Lets `ms` pass, waking sleepers in order and letting each do its work before the next. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    for (;;) {
      await quiet()
      const next = this.#asleep.sort((a, b) => a.at - b.at)[0]
      if (!next || next.at > until) break
      this.#asleep.shift()
      this.#now = Math.max(this.#now, next.at)
      next.wake()
    }
    this.#now = until
    await quiet()
  }
}

/** Until SQLite's work, which is all promises, has come to rest. */
async function quiet(): Promise<void> {
  for (let i = 0; i < 3; i++) await setImmediate()
}
