/** One call as it arrived. `errorCode` stays null until a JSON answer is sent. */
export interface Arrival {
  seq: number
  monotonicMs: number
  wallMs: number
  endpoint: string
  sdkAppId: number | null
  /** Whether it passed the signature and spacing checks. */
  accepted: boolean
  /** Unanswered calls of the same app and endpoint at the time of arrival. */
  inFlight: number
  errorCode: number | null
  /** The request as text; null for a refused or unread one. */
  body: string | null
  /** Milliseconds from arrival until the answer ended or the connection closed; null while in progress. */
  tookMs: number | null
}

const KEPT = 100_000

export class Arrivals {
  private seq = 0
  private list: Arrival[] = []
  private readonly open = new Map<string, number>()

  record(endpoint: string, sdkAppId: number | null, monotonicMs: number, wallMs: number): Arrival {
    const lane = `${sdkAppId}/${endpoint}`
    const inFlight = this.open.get(lane) ?? 0
    this.open.set(lane, inFlight + 1)
    const arrival: Arrival = {
      seq: ++this.seq,
      monotonicMs,
      wallMs,
      endpoint,
      sdkAppId,
      accepted: false,
      inFlight,
      errorCode: null,
      body: null,
      tookMs: null,
    }
    this.list.push(arrival)
    if (this.list.length > KEPT) this.list = this.list.slice(KEPT / 2)
    return arrival
  }

  ended(arrival: Arrival, monotonicMs: number): void {
    if (arrival.tookMs !== null) return
    arrival.tookMs = monotonicMs - arrival.monotonicMs
    const lane = `${arrival.sdkAppId}/${arrival.endpoint}`
    this.open.set(lane, (this.open.get(lane) ?? 1) - 1)
  }

  /** Returns arrivals whose `seq` is above the given one, in order. */
  since(seq: number): Arrival[] {
    return this.list.filter((arrival) => arrival.seq > seq)
  }

  reset(): void {
    this.list = []
  }
}
