import 'server-only'
import type { KeyRotation } from '@/lib/access/keys/rotate-key'
import type { Archive } from '@/lib/archive/archive'
import type { ReportArchive } from '@/lib/archive/held-archive'
import type { Backups } from '@/lib/backup/backups'
import type { Clock } from '@/lib/contract/clock'
import type { Gateway } from '@/lib/gateway/gateway'
import type { AppRow, SealedKey } from '@/lib/store/people/apps'
import type { Store } from '@/lib/store/store'
import type { UpstreamApp } from '@/lib/timpush/tim-push'
import type { Caches } from './read/caches'

/** The column a sealed text belongs to. A text opens only where it was sealed for. */
interface SealedColumn {
  table: string
  column: string
  row: string
}

/** Keyed hashes to find stored texts, and seals to encrypt them. Both use the master key, which verbs never see. */
export interface Vault {
  hash(label: 'trace' | 'person' | 'share', text: string): string
  seal(app: AppRow, column: SealedColumn, text: string): string
  open(app: AppRow, column: SealedColumn, sealed: string): string
  /** Seals the secret key of a new app under a new data key. */
  newKey(appId: string, secretKey: string): SealedKey
  /** Seals another secret key of an app. What is sealed under its data key stays readable. */
  otherKey(app: AppRow, secretKey: string): SealedKey
}

/** How the collector of this process is doing. All times are in seconds; null where there is nothing to report. */
export interface CollectorStatus {
  /** How long the most overdue bucket has waited. Null while another replica collects. Does not read the store. */
  lagS(appId: string): number | null
  /** Looks for changed apps now, instead of within 15 seconds. */
  look(): void
  heartbeat(appId: string): Promise<{
    /** How long the most overdue bucket has waited. */
    lagS: number | null
    /** Until Tencent forgets the first window that is not stored yet. */
    toLossS: number | null
  }>
}

type StorePart<K extends keyof Store, M extends keyof Store[K]> = { [P in M]: Store[K][P] }

/** The part of the store that reports read. */
export interface ReportStore {
  windows: StorePart<'windows', 'find' | 'within' | 'lives' | 'reporting'>
  daily: StorePart<'daily', 'within'>
  observations: StorePart<'observations', 'of' | 'near' | 'times' | 'at' | 'ageWindows'>
  tasks: StorePart<'tasks', 'get' | 'find' | 'page' | 'keys' | 'newestOfTags'>
  knownReasons: StorePart<'knownReasons', 'list'>
  settings: StorePart<'settings', 'get' | 'set'>
}

/**
 * What the verbs of reports receive. A shared view hands them less than the whole context: a store that knows only what the
 * link shows, and an archive without a gateway.
 */
export interface ReportContext {
  store: ReportStore
  gateway: Pick<Gateway, 'problem'>
  archive: ReportArchive
  upstreamApp(app: AppRow): UpstreamApp
  clock: Clock
  caches: Caches
  /** Aborts when the client of this API request has gone. Absent outside of one, as in pages. */
  signal?: AbortSignal
}

/** What every verb receives. Verbs reach the outside world only through it. */
export interface Context {
  store: Store
  gateway: Gateway
  archive: Archive
  vault: Vault
  keyRotation: KeyRotation
  backups: Backups
  upstreamApp(app: AppRow): UpstreamApp
  /** Hashes a password that a verb sets. Throws `unavailable` while too many wait. */
  hashPassword(password: string): Promise<string>
  /** The base of every link that people get. */
  publicUrl: URL
  clock: Clock
  caches: Caches
  retentionTracesDays: number
  /** False where the online status of accounts must not be requested. */
  readsOnlineStatus: boolean
  /** The app that the environment sets. It cannot be changed or removed here. Null where it sets none. */
  givenApp: string | null
  /** Aborts when the client of this API request has gone. Absent outside of one, as in pages. */
  signal?: AbortSignal
  /** Absent in a process that only serves pages. */
  collector?: CollectorStatus
}
