/** One call as it reached the door. `errorCode` is null until it was answered with JSON, and stays so when it never was. */
export interface Arrival {
  seq: number
  monotonicMs: number
  wallMs: number
  endpoint: string
  sdkAppId: number | null
  /** It passed signature and spacing. */
  accepted: boolean
  /** How many calls of the same app and endpoint were unanswered when it came. */
  inFlight: number
  errorCode: number | null
  /** From arrival to the end of the answer, or to its loss; null while it is under way. */
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
      ...{ seq: ++this.seq, monotonicMs, wallMs, endpoint, sdkAppId },
      ...{ accepted: false, inFlight, errorCode: null, tookMs: null },
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

  /** Arrivals whose `seq` is above `seq`, in order. */
  since(seq: number): Arrival[] {
    return this.list.filter((arrival) => arrival.seq > seq)
  }

  reset(): void {
    this.list = []
  }
}
