import 'server-only'
import type { Endpoint } from '@/lib/contract/sources'
import type { Refused } from '@/lib/store/lanes/lane-rows'
import type { GatewayDeps } from './deps'
import type { Entry, Outcome } from './entry'

export type Barred = Exclude<Refused, { kind: 'wait' }>

/** What a lane needs of the gateway around it. */
export interface Hub {
  readonly deps: GatewayDeps
  readonly stopping: boolean
  finish(entry: Entry, outcome: Outcome): void
  fail(entry: Entry, error: unknown): void
  /** Back in line, in whichever lane is its own now. */
  enqueue(entry: Entry, place: 'again' | 'later'): void
  /** No waiting will help: those who wait are told why, or sent to the lane that is now theirs. */
  refused(appId: string, endpoint: Endpoint, why: Barred): void
}
