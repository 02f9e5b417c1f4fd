import 'server-only'
import type { Endpoint } from '@/lib/contract/sources'
import { isBackground, isInteractive, type QueuedRequest } from './queued-request'
import { Turns } from './turns'

/** The waiting requests of a lane. They are stored by priority and `order`; `Turns` decides who is served next. */
export class Queue {
  #requests: QueuedRequest[] = []
  readonly #turns = new Turns()
  /** The order of service, until something changes. */
  #sequence: QueuedRequest[] | null = null

  get size(): number {
    return this.#requests.length
  }

  /** Returns the request that is served next. */
  head(): QueuedRequest | undefined {
    return this.#turns.next(this.#requests)
  }

  all(): readonly QueuedRequest[] {
    return this.#requests
  }

  add(request: QueuedRequest): void {
    this.#sequence = null
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
    this.#sequence = null
    const at = this.#requests.indexOf(request)
    if (at >= 0) this.#requests.splice(at, 1)
    return at >= 0
  }

  /** Takes the next request of an endpoint. A merged lane holds the requests of several endpoints. */
  take(endpoint: Endpoint): QueuedRequest | undefined {
    const request = this.#turns.next(this.#requests.filter((one) => one.question.endpoint === endpoint))
    if (request) this.remove(request)
    return request
  }

  /** Records that the call of a taken request is made: it was the turn of its waiters. */
  served(request: QueuedRequest): void {
    this.#sequence = null
    this.#turns.served(request, this.#requests)
  }

  /** Records that another process made a call while background work waited here. */
  passedOver(): void {
    this.#sequence = null
    this.#turns.passedOver()
  }

  /** Returns whether the request lets people at other replicas go first. */
  yields(request: QueuedRequest): boolean {
    return isBackground(request) && !this.#turns.isBackgroundDue
  }

  /** Takes all requests that match, in order. */
  drain(matches: (request: QueuedRequest) => boolean): QueuedRequest[] {
    this.#sequence = null
    const taken = this.#requests.filter(matches)
    this.#requests = this.#requests.filter((request) => !taken.includes(request))
    return taken
  }

  /** Returns 1 for the next request, null for a request that does not wait here. */
  placeOf(request: QueuedRequest): number | null {
    this.#sequence ??= this.#serviceOrder()
    const at = this.#sequence.indexOf(request)
    return at < 0 ? null : at + 1
  }

  count(matches: (request: QueuedRequest) => boolean): number {
    return this.#requests.filter(matches).length
  }

  hasInteractive(): boolean {
    return this.#requests.some(isInteractive)
  }

  /** Returns the requests in the order of service, if nobody else comes. */
  #serviceOrder(): QueuedRequest[] {
    const turns = this.#turns.copy()
    const left = [...this.#requests]
    const order: QueuedRequest[] = []
    for (let next = turns.next(left); next; next = turns.next(left)) {
      left.splice(left.indexOf(next), 1)
      turns.served(next, left)
      order.push(next)
    }
    return order
  }
}

function isBefore(a: QueuedRequest, b: QueuedRequest): boolean {
  return a.rank !== b.rank ? a.rank < b.rank : a.order <= b.order
}
