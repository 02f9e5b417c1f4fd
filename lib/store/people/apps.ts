import 'server-only'
import type { Selectable } from 'kysely'
import type { ErrorCode } from '@/lib/contract/errors'
import type { Region } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

/** The app's secret key, sealed under `dataKey`, which is itself wrapped: opaque here, written and read by access. */
export interface SealedKey {
  dataKey: string
  sealed: string
  /** What may be shown of the key. */
  fingerprint: string
}

/** Times are epoch seconds. */
export interface NewApp {
  id: string
  sdkAppId: number
  name: string
  region: Region
  /** Overrides the region's host; null where it does not. */
  baseUrl: string | null
  adminId: string
  utcOffsetMin: number
  origin: 'environment' | 'interface'
  demo: boolean
  key: SealedKey
  createdAt: number
}

/** Why every lane of the app stands still: until that second, without one until someone mends it. */
export interface Stop {
  code: ErrorCode
  upstreamCode: number | null
  at: number
  until?: number
}

export interface AppRow extends NewApp {
  lanesMerged: boolean
  stopped: Stop | null
  /** Since when the archive's own work rests; null while it goes on. */
  pausedAt: number | null
  /** The least time between two calls that an administrator asked for. */
  spacingMs: number | null
  /** Days are kept and hours are not. */
  byDay: boolean
  /** Another number than before: windows were saved. */
  archiveRevision: number
}

export function apps(db: Db) {
  const change = async (id: string, values: Partial<Selectable<Database['apps']>>) => {
    await db.updateTable('apps').set(values).where('id', '=', id).execute()
  }

  return {
    /**
     * Adds an app, or brings back and describes anew the one held under this id; gives what is now held. The key of a
     * held app stays, since other things are sealed under its data key: where its fingerprint differs, seal the new key
     * under `key.dataKey` of the answer and call `setKey`.
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

    /** The apps that were not removed, the oldest first. */
    async list(): Promise<AppRow[]> {
      const found = db.selectFrom('apps').selectAll().where('removed_at', 'is', null)
      return (await found.orderBy('created_at').orderBy('id').execute()).map(appOf)
    },

    /** Null where there is none, or it was removed. */
    async get(id: string): Promise<AppRow | null> {
      const found = db.selectFrom('apps').selectAll().where('id', '=', id).where('removed_at', 'is', null)
      const row = await found.executeTakeFirst()
      return row ? appOf(row) : null
    },

    /** Hides the app; what was fetched stays, and `upsert` brings both back. */
    remove: (id: string, at: number) => change(id, { removed_at: at }),

    /** Another key is another chance: the app is no longer stopped. */
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
    // What the columns hold was written by `upsert` and `setStopped` from these very types.
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
