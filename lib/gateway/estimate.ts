import 'server-only'

const FIRST_GUESS_MS = 300
const WEIGHT = 0.2

/** How long this lane's calls take, weighing the latest most. */
export class Latency {
  #ms: number | null = null

  get ms(): number {
    return this.#ms ?? FIRST_GUESS_MS
  }

  add(ms: number): void {
    this.#ms = this.#ms === null ? ms : this.#ms + WEIGHT * (ms - this.#ms)
  }
}

export interface Waiting {
  place: number
  untilSlotMs: number
  spacingMs: number
  latencyMs: number
}

/** Milliseconds until the answer of the entry at `place` (from 1) is there: those before it, the gaps, its own call. */
export function etaOf({ place, untilSlotMs, spacingMs, latencyMs }: Waiting): number {
  return Math.round(Math.max(0, untilSlotMs) + (place - 1) * (spacingMs + latencyMs) + latencyMs)
}
