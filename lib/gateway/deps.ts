import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import type { UpstreamErrorCode } from '@/lib/contract/errors'
import type { Calls } from '@/lib/store/lanes/calls'
import { APART, type LaneName } from '@/lib/store/lanes/lane-rows'
import type { Lanes } from '@/lib/store/lanes/lanes'
import type { TimPush } from '@/lib/timpush/tim-push'
import type { Timers } from './timers'

/** The settings of an app that the gateway changes. `lib/store/people/apps.ts` stores them. `at` is epoch seconds. */
interface AppSwitches {
  setStopped(
    id: string,
    stop: { code: UpstreamErrorCode; upstreamCode: number | null; at: number; until?: number },
  ): Promise<unknown>
  clearStopped(id: string): Promise<unknown>
  setMerged(id: string, merged: boolean): Promise<unknown>
}

export interface GatewayDeps {
  clock: Pick<Clock, 'wallMs'>
  timers: Timers
  lanes: Lanes
  calls: Calls
  apps: AppSwitches
  timpush: Pick<TimPush, 'call' | 'forget'>
  /** Returns a number in [0, 1). */
  random(): number
  spacingMs: number
  /** Returns the spacing of an app whose upstream is on this machine, such as an emulator; null for every other app. */
  loopbackSpacingMs?(appId: string): number | null
  /** The name of this process in the leases. Unique among all processes that share the database. */
  owner: string
  /** Must be longer than the time budget of a call. Only tests shorten it. */
  leaseMs?: number
  /** Several replicas may collect. Then the database refuses the collector's calls in all but the elected one. */
  electsCollector?: boolean
  log?: { warn(fields: object, text: string): void }
}

const LEASE_MS = 10_000
const APART_SPACING_MS = 50

export function leaseOf(deps: GatewayDeps): number {
  return deps.leaseMs ?? LEASE_MS
}

/**
 * Returns until when a call may be sent under a lease, and its answer be stored: a process that was paused for longer has lost
 * the lane to another. Monotonic milliseconds; the margin is for the way to the upstream.
 */
export function sendUntil(deps: GatewayDeps, acquireAtMs: number): number {
  return acquireAtMs + leaseOf(deps) * 0.9
}

/** Returns the shortest spacing that a lane of an app may have, in milliseconds. */
export function baseSpacing(deps: GatewayDeps, appId: string, lane: LaneName): number {
  const ms = deps.loopbackSpacingMs?.(appId) ?? deps.spacingMs
  return lane === APART ? Math.min(APART_SPACING_MS, ms) : ms
}
