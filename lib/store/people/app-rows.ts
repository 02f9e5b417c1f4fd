import 'server-only'
import type { Selectable } from 'kysely'
import type { ErrorCode } from '@/lib/contract/errors'
import type { Region } from '@/lib/contract/sources'
import type { Database } from '@/lib/store/engine/schema'

/** The app's secret key, sealed under `dataKey`, which is itself wrapped. Only access can read it. */
export interface SealedKey {
  dataKey: string
  sealed: string
  /** The part of the key that may be shown. */
  fingerprint: string
}

/** Times are epoch seconds. */
export interface NewApp {
  id: string
  sdkAppId: number
  name: string
  region: Region
  /** Overrides the region's host; null to use it. */
  baseUrl: string | null
  adminId: string
  utcOffsetMin: number
  origin: 'environment' | 'interface'
  demo: boolean
  key: SealedKey
  createdAt: number
  /** Being connected: nothing is collected, and only administrators see it. */
  draft?: boolean
}

/** Why every lane of the app is stopped: until that second, or until a person fixes it if there is none. */
export interface Stop {
  code: ErrorCode
  upstreamCode: number | null
  at: number
  until?: number
}

export interface AppRow extends NewApp {
  draft: boolean
  lanesMerged: boolean
  stopped: Stop | null
  /** Since when collecting is paused; null while it runs. */
  pausedAt: number | null
  /** The minimum time between two calls that an administrator set. */
  spacingMs: number | null
  /** True to collect days and not hours. */
  byDay: boolean
  /** Changes whenever windows are saved. */
  archiveRevision: number
  /** Nothing from before this second is collected; null to collect everything that Tencent has. */
  fillFrom: number | null
  /** Names that administrators gave to channels Tencent does not name, by vendor. */
  channelNames: Record<string, string>
}

/** What an administrator can change about an app. Fields left out stay. */
export interface AppChange {
  name?: string
  adminId?: string
  region?: Region
  utcOffsetMin?: number
  draft?: boolean
  fillFrom?: number | null
  createdAt?: number
  channelNames?: Record<string, string>
  /** Also ends a stop, because the new key may work. */
  key?: SealedKey
}

/** Returns whether the archive makes calls for this app. */
export function isCollected({ draft, stopped, pausedAt }: Pick<AppRow, 'draft' | 'stopped' | 'pausedAt'>): boolean {
  return !draft && stopped === null && pausedAt === null
}

export function rowParts(app: NewApp) {
  return {
    id: app.id,
    sdk_app_id: app.sdkAppId,
    name: app.name,
    region: app.region,
    base_url: app.baseUrl,
    admin_id: app.adminId,
    utc_offset_min: app.utcOffsetMin,
    origin: app.origin,
    demo: app.demo ? 1 : 0,
    draft: app.draft ? 1 : 0,
    key: keyRow(app.key),
    createdAt: { created_at: app.createdAt },
  }
}

export function changedRow(change: AppChange): Partial<Selectable<Database['apps']>> {
  const { name, adminId, region, utcOffsetMin, draft, fillFrom, createdAt, channelNames, key } = change
  const values = {
    name,
    region,
    admin_id: adminId,
    utc_offset_min: utcOffsetMin,
    draft: draft === undefined ? undefined : draft ? 1 : 0,
    fill_from: fillFrom,
    created_at: createdAt,
    channel_names: channelNames && JSON.stringify(channelNames),
    ...(key ? otherKeyRow(key) : {}),
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

export function keyRow(key: SealedKey) {
  return { data_key: key.dataKey, key_sealed: key.sealed, key_fingerprint: key.fingerprint }
}

/** Another key ends a stop. The data key stays, and may have been wrapped again meanwhile, so it is not written. */
export function otherKeyRow({ sealed, fingerprint }: SealedKey) {
  return { key_sealed: sealed, key_fingerprint: fingerprint, ...stopRow(null) }
}

export function stopRow(stop: Stop | null) {
  return {
    stopped_code: stop?.code ?? null,
    stopped_upstream_code: stop?.upstreamCode ?? null,
    stopped_at: stop?.at ?? null,
    stopped_until: stop?.until ?? null,
  }
}

export function appOf(row: Selectable<Database['apps']>): AppRow {
  return {
    id: row.id,
    sdkAppId: row.sdk_app_id,
    name: row.name,
    // These columns are written only by `upsert` and `setStopped`, from these types.
    region: row.region as Region,
    baseUrl: row.base_url,
    adminId: row.admin_id,
    utcOffsetMin: row.utc_offset_min,
    origin: row.origin as AppRow['origin'],
    demo: row.demo === 1,
    key: { dataKey: row.data_key, sealed: row.key_sealed, fingerprint: row.key_fingerprint },
    createdAt: row.created_at,
    lanesMerged: row.lanes_merged === 1,
    archiveRevision: row.archive_revision,
    stopped:
      row.stopped_code === null || row.stopped_at === null
        ? null
        : {
            code: row.stopped_code as ErrorCode,
            upstreamCode: row.stopped_upstream_code,
            at: row.stopped_at,
            ...(row.stopped_until === null ? {} : { until: row.stopped_until }),
          },
    pausedAt: row.paused_at,
    spacingMs: row.spacing_ms,
    byDay: row.by_day === 1,
    draft: row.draft === 1,
    fillFrom: row.fill_from,
    // Written by `update` only.
    channelNames: JSON.parse(row.channel_names) as Record<string, string>,
  }
}
