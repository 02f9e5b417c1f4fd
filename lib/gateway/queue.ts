import 'server-only'
import type { Endpoint } from '@/lib/contract/sources'
import { isInteractive, type QueuedRequest } from './queued-request'

/** The waiting requests of a lane, sorted by priority and then by `order`. */
export class Queue {
  #requests: QueuedRequest[] = []

  get size(): number {
    return this.#requests.length
  }

  head(): QueuedRequest | undefined {
    return this.#requests[0]
  }

  add(request: QueuedRequest): void {
    let low = 0
    let high = this.#requests.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.#requests[middle]
      if (other && isBefore(other, request)) low = middle + 1
      else high = middle
    }
    this.#requests.splice(low, 0, request)
  }

  remove(request: QueuedRequest): boolean {
    const at = this.#requests.indexOf(request)
    if (at >= 0) this.#requests.splice(at, 1)
    return at >= 0
  }

  /** Takes the first request of an endpoint. A merged lane holds the requests of several endpoints. */
  take(endpoint: Endpoint): QueuedRequest | undefined {
    const request = this.#requests.find((one) => one.question.endpoint === endpoint)
    if (request) this.remove(request)
    return request
  }

  /** Takes all requests that match, in order. */
  drain(matches: (request: QueuedRequest) => boolean): QueuedRequest[] {
    const taken = this.#requests.filter(matches)
    this.#requests = this.#requests.filter((request) => !matches(request))
    return taken
  }

  /** Returns 1 for the next request, null for a request that does not wait here. */
  placeOf(request: QueuedRequest): number | null {
    const at = this.#requests.indexOf(request)
    return at < 0 ? null : at + 1
  }

  count(matches: (request: QueuedRequest) => boolean): number {
    return this.#requests.filter(matches).length
  }

  hasInteractive(): boolean {
    const head = this.head()
    return head !== undefined && isInteractive(head)
  }
}

function isBefore(a: QueuedRequest, b: QueuedRequest): boolean {
  return a.rank !== b.rank ? a.rank < b.rank : a.order <= b.order
}
