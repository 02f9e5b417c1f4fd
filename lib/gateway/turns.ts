import 'server-only'
import { isBackground, isBulk, isInteractive, isUrgent, type QueuedRequest } from './queued-request'

/** At most this many calls in a row go before a class that waits behind them. */
const MAX_PASSED = 3

/**
 * Decides who is served next. Urgent work goes first, then by priority. Within a priority the principals take turns. A
 * class that was passed over three times gets the next call: the archive behind people, and bulk behind single requests.
 */
export class Turns {
  #count = 0
  #servedAt = new Map<string, number>()
  #passed = { bulk: 0, background: 0 }

  /** Returns the next of these requests, which are sorted by rank and order. */
  next(requests: readonly QueuedRequest[]): QueuedRequest | undefined {
    const [first] = requests
    if (!first || isUrgent(first)) return first
    if (this.isBackgroundDue) {
      const background = requests.find(isBackground)
      if (background) return background
    }
    const bulk = this.#passed.bulk >= MAX_PASSED ? requests.filter(isBulk) : []
    return this.#inTurn(bulk.length > 0 ? bulk : requests.filter(({ rank }) => rank === first.rank))
  }

  /** The archive was passed over often enough, so that its next call does not yield. */
  get isBackgroundDue(): boolean {
    return this.#passed.background >= MAX_PASSED
  }

  /** Records that a request is served while `others` still wait. */
  served(request: QueuedRequest, others: readonly QueuedRequest[]): void {
    this.#count++
    for (const principal of request.waiters.keys()) this.#servedAt.set(principal, this.#count)
    if (isBackground(request)) this.#passed.background = 0
    if (!isInteractive(request)) return
    this.#passed.background = others.some(isBackground) ? this.#passed.background + 1 : 0
    this.#passed.bulk = !isBulk(request) && others.some(isBulk) ? this.#passed.bulk + 1 : 0
  }

  /** Records that another process made a call while background work of this one waited. */
  passedOver(): void {
    this.#passed.background++
  }

  copy(): Turns {
    const copy = new Turns()
    copy.#count = this.#count
    copy.#servedAt = new Map(this.#servedAt)
    copy.#passed = { ...this.#passed }
    return copy
  }

  /** Returns the request of the principal whose last turn is longest ago; among equals the first. */
  #inTurn(requests: readonly QueuedRequest[]): QueuedRequest | undefined {
    let best: { request: QueuedRequest; at: number } | undefined
    for (const request of requests) {
      const at = this.#lastTurnOf(request)
      if (!best || at < best.at) best = { request, at }
    }
    return best?.request
  }

  /** A shared request is served at the turn of whichever of its waiters comes first. 0 for someone never served. */
  #lastTurnOf({ waiters }: QueuedRequest): number {
    return Math.min(...[...waiters.keys()].map((principal) => this.#servedAt.get(principal) ?? 0))
  }
}
