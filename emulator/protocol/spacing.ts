import type { Endpoint } from './admission'

const ONLINE_PER_SECOND = 200

/** Allows one call per second, endpoint and app; 200 for the online status. Times are monotonic milliseconds. */
export class Spacing {
  private readonly last = new Map<string, number>()
  private readonly recent = new Map<number, number[]>()

  constructor(private readonly spacingMs: number) {}

  /** Returns whether a call at `at` is accepted. Only accepted calls delay the next one. */
  take(sdkAppId: number, endpoint: Endpoint, at: number): boolean {
    if (endpoint === 'query_online_status') return this.takeOnline(sdkAppId, at)
    const lane = `${sdkAppId}/${endpoint}`
    if (at - (this.last.get(lane) ?? Number.NEGATIVE_INFINITY) < this.spacingMs) return false
    this.last.set(lane, at)
    return true
  }

  private takeOnline(sdkAppId: number, at: number): boolean {
    const within = (this.recent.get(sdkAppId) ?? []).filter((time) => at - time < 1_000)
    this.recent.set(sdkAppId, within)
    return within.length < ONLINE_PER_SECOND && within.push(at) > 0
  }
}
