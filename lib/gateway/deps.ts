import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import type { UpstreamErrorCode } from '@/lib/contract/errors'
import type { Calls } from '@/lib/store/lanes/calls'
import { APART, type LaneName } from '@/lib/store/lanes/lane-rows'
import type { Lanes } from '@/lib/store/lanes/lanes'
import type { TimPush } from '@/lib/timpush/tim-push'
import type { Timers } from './timers'

/** The switches of an app that outlive the process: `lib/store/people/apps.ts` has them. `at` is epoch seconds. */
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
  timpush: Pick<TimPush, 'ask' | 'forget'>
  /** In [0, 1). */
  random(): number
  spacingMs: number
  /** Names this process among all that share the database. */
  owner: string
  /** Longer than the budget of a call; only tests shorten it. */
  leaseMs?: number
  log?: { warn(fields: object, text: string): void }
}

const LEASE_MS = 10_000
const APART_SPACING_MS = 50

export function leaseOf(deps: GatewayDeps): number {
  return deps.leaseMs ?? LEASE_MS
}

/** The least spacing of a lane. */
export function baseSpacing(deps: GatewayDeps, lane: LaneName): number {
  return lane === APART ? Math.min(APART_SPACING_MS, deps.spacingMs) : deps.spacingMs
}
