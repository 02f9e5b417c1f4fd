import 'server-only'
import type { Selectable } from 'kysely'
import type { ErrorCode } from '@/lib/contract/errors'
import type { Region } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'
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
}

/** Why every lane of the app is stopped: until that second, or until a person fixes it if there is none. */
export interface Stop {
  code: ErrorCode
  upstreamCode: number | null
  at: number
  until?: number
}

export interface AppRow extends NewApp {
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
}

export function apps(db: Db) {
  const change = async (id: string, values: Partial<Selectable<Database['apps']>>) => {
    await db.updateTable('apps').set(values).where('id', '=', id).execute()
  }

  return {
    /**
     * Adds an app, or restores and updates the app with this id. Returns the stored row. The key of an existing app
     * stays, because other values are sealed under its data key. If its fingerprint differs, seal the new key under
     * `key.dataKey` of the result and call `setKey`.
     */
    async upsert(app: NewApp): Promise<AppRow> {
      const { key, createdAt, id, ...described } = rowParts(app)
      const row = await db
        .insertInto('apps')
        .values({ id, ...described, ...key, ...createdAt, lanes_merged: 0 })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...described, removed_at: null }))
        .returningAll()
        .executeTakeFirstOrThrow()
      return appOf(row)
    },

    /** Returns the apps that were not removed, oldest first. */
    async list(): Promise<AppRow[]> {
      const found = db.selectFrom('apps').selectAll().where('removed_at', 'is', null)
      return (await found.orderBy('created_at').orderBy('id').execute()).map(appOf)
    },

    /** Returns null for an unknown or removed app. */
    async get(id: string): Promise<AppRow | null> {
      const found = db.selectFrom('apps').selectAll().where('id', '=', id).where('removed_at', 'is', null)
      const row = await found.executeTakeFirst()
      return row ? appOf(row) : null
    },

    /** Hides the app. Its data stays, and `upsert` restores both. */
    remove: (id: string, at: number) => change(id, { removed_at: at }),

    /** Replaces the key and ends a stop, because the new key may work. */
    setKey: (id: string, key: SealedKey) => change(id, { ...keyRow(key), ...stopRow(null) }),

    setStopped: (id: string, stop: Stop) => change(id, stopRow(stop)),
    clearStopped: (id: string) => change(id, stopRow(null)),
    setPaused: (id: string, at: number | null) => change(id, { paused_at: at }),
    setByDay: (id: string, byDay: boolean) => change(id, { by_day: byDay ? 1 : 0 }),
    setMerged: (id: string, merged: boolean) => change(id, { lanes_merged: merged ? 1 : 0 }),
  }
}

function rowParts(app: NewApp) {
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
    key: keyRow(app.key),
    createdAt: { created_at: app.createdAt },
  }
}

function keyRow(key: SealedKey) {
  return { data_key: key.dataKey, key_sealed: key.sealed, key_fingerprint: key.fingerprint }
}

function stopRow(stop: Stop | null) {
  return {
    stopped_code: stop?.code ?? null,
    stopped_upstream_code: stop?.upstreamCode ?? null,
    stopped_at: stop?.at ?? null,
    stopped_until: stop?.until ?? null,
  }
}

function appOf(row: Selectable<Database['apps']>): AppRow {
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
  }
}
