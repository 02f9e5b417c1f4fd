import 'server-only'
import type { Selectable } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import {
  type AppChange,
  type AppRow,
  appOf,
  changedRow,
  type NewApp,
  otherKeyRow,
  rowParts,
  type SealedKey,
  type Stop,
  stopRow,
} from './app-rows'

export { type AppRow, isCollected, type NewApp, type SealedKey, type Stop } from './app-rows'

/** The newest windows are enough: a vendor that appears is in all windows from then on. */
const MOST_WINDOWS = 50

export function apps(db: Db) {
  const update = async (id: string, values: Partial<Selectable<Database['apps']>>) => {
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

    /** Returns the apps that were not removed, in the order that administrators chose, else oldest first. */
    async list(): Promise<AppRow[]> {
      const found = db.selectFrom('apps').selectAll().where('removed_at', 'is', null)
      return (await found.orderBy('place').orderBy('created_at').orderBy('id').execute()).map(appOf)
    },

    /** Changes the fields that are given. */
    async update(id: string, change: AppChange): Promise<void> {
      const values = changedRow(change)
      if (Object.keys(values).length > 0) await update(id, values)
    },

    /** Puts the apps into this order. Apps that are left out come last, as new ones do. */
    async sort(ids: string[]): Promise<void> {
      await db.transaction().execute(async (trx) => {
        for (const [place, id] of ids.entries())
          await trx
            .updateTable('apps')
            .set({ place: place - ids.length })
            .where('id', '=', id)
            .execute()
      })
    },

    /** Returns null for an unknown or removed app. */
    async get(id: string): Promise<AppRow | null> {
      const found = db.selectFrom('apps').selectAll().where('id', '=', id).where('removed_at', 'is', null)
      const row = await found.executeTakeFirst()
      return row ? appOf(row) : null
    },

    /** Returns the sealed key as it is now; null for an unknown or removed app. */
    async key(id: string): Promise<SealedKey | null> {
      const found = db.selectFrom('apps').select(['data_key', 'key_sealed', 'key_fingerprint'])
      const row = await found.where('id', '=', id).where('removed_at', 'is', null).executeTakeFirst()
      return row ? { dataKey: row.data_key, sealed: row.key_sealed, fingerprint: row.key_fingerprint } : null
    },

    /** Hides the app and deletes its key. Its data stays, and `upsert` restores both. */
    remove: (id: string, at: number) => update(id, { removed_at: at, key_sealed: '', key_fingerprint: '' }),

    /** Deletes the app with all its data, and the roles and tokens that were given for it. */
    erase: (id: string) => db.transaction().execute((trx) => eraseApp(trx, id)),

    /** Returns the vendors without a name of their own in the newest stored windows. */
    async unnamedVendors(id: string): Promise<string[]> {
      const rows = await db
        .selectFrom('windows')
        .select('counts')
        .where('app_id', '=', id)
        .where('counts', 'like', '%"platform_%')
        .orderBy('to_s', 'desc')
        .limit(MOST_WINDOWS)
        .execute()
      const found = rows.flatMap(({ counts }) => counts?.match(/platform_\d+/g) ?? [])
      return [...new Set(found)].sort()
    },

    /** Replaces the key and ends a stop, because the new key may work. The data key stays. */
    setKey: (id: string, key: SealedKey) => update(id, otherKeyRow(key)),

    setStopped: (id: string, stop: Stop) => update(id, stopRow(stop)),
    clearStopped: (id: string) => update(id, stopRow(null)),
    setPaused: (id: string, at: number | null) => update(id, { paused_at: at }),
    setByDay: (id: string, byDay: boolean) => update(id, { by_day: byDay ? 1 : 0 }),
    setMerged: (id: string, merged: boolean) => update(id, { lanes_merged: merged ? 1 : 0 }),
  }
}

/** What belongs to an app by a foreign key goes with its row. */
async function eraseApp(trx: Db, id: string): Promise<void> {
  await trx.deleteFrom('grants').where('app_id', '=', id).execute()
  await withdrawFromTokens(trx, id)
  await trx
    .deleteFrom('settings')
    .where('key', 'in', [`probes:${id}`, `offset:${id}`])
    .execute()
  await trx.deleteFrom('settings').where('key', 'like', `sums:${id}:%`).execute()
  await trx.deleteFrom('apps').where('id', '=', id).execute()
}

/** Takes an app from the tokens that name it. A token of this app alone goes with it. */
async function withdrawFromTokens(trx: Db, id: string): Promise<void> {
  for (const token of await trx.selectFrom('tokens').select(['id', 'apps']).execute()) {
    // This column is written by the token store only.
    const apps = JSON.parse(token.apps) as string[]
    const rest = apps.filter((app) => app !== id)
    if (rest.length === apps.length) continue
    if (rest.length === 0) await trx.deleteFrom('tokens').where('id', '=', token.id).execute()
    else
      await trx
        .updateTable('tokens')
        .set({ apps: JSON.stringify(rest) })
        .where('id', '=', token.id)
        .execute()
  }
}
