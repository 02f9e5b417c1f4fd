import 'server-only'

const FIRST_GUESS_MS = 300
const WEIGHT = 0.2

/** The usual duration of a lane's calls: an exponential moving average. */
export class Latency {
  #ms: number | null = null

  get ms(): number {
    return this.#ms ?? FIRST_GUESS_MS
  }

  add(ms: number): void {
    this.#ms = this.#ms === null ? ms : this.#ms + WEIGHT * (ms - this.#ms)
  }
}

export interface QueuePosition {
  place: number
  untilSlotMs: number
  spacingMs: number
  latencyMs: number
}

/** Returns the milliseconds until the answer of the request at `place` (from 1): earlier calls, gaps, and its own call. */
export function etaOf({ place, untilSlotMs, spacingMs, latencyMs }: QueuePosition): number {
  return Math.round(Math.max(0, untilSlotMs) + (place - 1) * (spacingMs + latencyMs) + latencyMs)
}
