import 'server-only'
import type { Archive } from '@/lib/archive/archive'
import type { Clock } from '@/lib/contract/clock'
import type { Gateway } from '@/lib/gateway/gateway'
import type { AppRow } from '@/lib/store/people/apps'
import type { Store } from '@/lib/store/store'
import type { UpstreamApp } from '@/lib/timpush/tim-push'
import type { Presences } from './users/presence'

interface Place {
  table: string
  column: string
  row: string
}

/** Keyed hashes find what was kept, seals hide it; both come from the master key, which verbs never see. */
export interface Vault {
  hash(label: 'trace' | 'person', text: string): string
  seal(app: AppRow, place: Place, text: string): string
  open(app: AppRow, place: Place, sealed: string): string
}

/** How the archive's own work stands; both in seconds, null where there is nothing to say. */
export interface Collector {
  /** How long the most overdue bucket has waited, without a look at the store. */
  lagS(appId: string): number
  standing(appId: string): Promise<{
    /** How long the most overdue bucket has waited. */
    lagS: number | null
    /** Until the first window that is not held yet is forgotten by Tencent. */
    toLossS: number | null
  }>
}

/** What every verb is handed: nothing in it reaches for the world by itself. */
export interface Context {
  store: Store
  gateway: Gateway
  archive: Archive
  vault: Vault
  upstreamApp(app: AppRow): UpstreamApp
  clock: Clock
  retentionTracesDays: number
  /** Null where the account's state is never asked for. */
  presences: Presences | null
  /** Absent in a process that only serves pages. */
  collector?: Collector
}
