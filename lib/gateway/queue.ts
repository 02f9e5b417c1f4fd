import 'server-only'
import type { Endpoint } from '@/lib/contract/sources'
import { type Entry, isInteractive } from './entry'

/** The waiting entries of a lane: by priority strictly, and inside one by `order`. */
export class Queue {
  #entries: Entry[] = []

  get size(): number {
    return this.#entries.length
  }

  head(): Entry | undefined {
    return this.#entries[0]
  }

  add(entry: Entry): void {
    let low = 0
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.#entries[middle]
      if (other && isBefore(other, entry)) low = middle + 1
      else high = middle
    }
    this.#entries.splice(low, 0, entry)
  }

  remove(entry: Entry): boolean {
    const at = this.#entries.indexOf(entry)
    if (at >= 0) this.#entries.splice(at, 1)
    return at >= 0
  }

  /** Takes the first entry of the endpoint; the lane of an app whose lanes were merged holds several endpoints. */
  take(endpoint: Endpoint): Entry | undefined {
    const entry = this.#entries.find((one) => one.question.endpoint === endpoint)
    if (entry) this.remove(entry)
    return entry
  }

  /** Takes all that `which` picks, in order. */
  drain(which: (entry: Entry) => boolean): Entry[] {
    const taken = this.#entries.filter(which)
    this.#entries = this.#entries.filter((entry) => !which(entry))
    return taken
  }

  /** 1 for the next to be served, null for what does not wait here. */
  placeOf(entry: Entry): number | null {
    const at = this.#entries.indexOf(entry)
    return at < 0 ? null : at + 1
  }

  count(which: (entry: Entry) => boolean): number {
    return this.#entries.filter(which).length
  }

  hasInteractive(): boolean {
    const head = this.head()
    return head !== undefined && isInteractive(head)
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.rank !== b.rank ? a.rank < b.rank : a.order <= b.order
}
