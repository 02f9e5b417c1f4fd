import 'server-only'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { shareOpens } from './share-opens'

/** A link without what it keeps, which can be large: `frozenOf` reads that. `bytes` is its size; null for a live link. */
export type ShareRow = Omit<Selectable<Database['shares']>, 'frozen'> & { bytes: number | null }
export type NewShare = Insertable<Database['shares']>
export type ShareStore = ReturnType<typeof shares>

/** What can change about a link. Fields left out stay. */
export type ShareChange = Partial<Pick<ShareRow, 'name' | 'ends_at' | 'paused_at' | 'owner' | 'origins' | 'picture'>>

/** Which links to choose. `apps` null: of every app. Absent fields filter nothing. */
export interface ShareFilter {
  apps?: readonly string[] | null
  owner?: string
}
/** The place of a link in the list, newest first. */
export type SharePlace = Pick<ShareRow, 'created_at' | 'id'>

const COLUMNS = [
  'id',
  'app_id',
  'secret_hash',
  'name',
  'content',
  'password_hash',
  'origins',
  'picture',
  'owner',
  'created_at',
  'ends_at',
  'paused_at',
  'revoked_at',
  'last_opened_at',
  'opens',
  'frozen_at',
  'sha256',
  'erased_at',
] as const

/** Shared links. All times are epoch seconds. The caller decides whether a link is open. */
export function shares(db: Db) {
  const rows = () =>
    db.selectFrom('shares').select(COLUMNS).select(sql<number | null>`octet_length(shares.frozen)`.as('bytes'))

  return {
    ...shareOpens(db),

    /** `people` are the keyed hashes of those whom a frozen look-up is about. */
    async create(share: NewShare, people: readonly string[] = []): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await trx.insertInto('shares').values(share).execute()
        const about = [...new Set(people)].map((hash) => ({ share_id: share.id, person_hash: hash }))
        if (about.length > 0) await trx.insertInto('share_people').values(about).execute()
      })
    },

    /** Returns the link also after its end; null for an unknown ID. */
    async byId(id: string): Promise<ShareRow | null> {
      return (await rows().where('id', '=', id).executeTakeFirst()) ?? null
    },

    /** Returns the JSON text that a frozen link shows; null for a live link and an unknown ID. */
    async frozenOf(id: string): Promise<string | null> {
      const found = await db.selectFrom('shares').select('frozen').where('id', '=', id).executeTakeFirst()
      return found?.frozen ?? null
    },

    /** Returns a page, newest first, including ended links. `after` is the last link of the previous page. */
    async list({ apps, owner, after, limit }: ShareFilter & { after?: SharePlace | undefined; limit: number }) {
      if (apps?.length === 0) return { items: [], next: null }
      let found = rows().orderBy('created_at', 'desc').orderBy('id', 'desc')
      if (apps) found = found.where('app_id', 'in', apps)
      if (owner !== undefined) found = found.where('owner', '=', owner)
      if (after)
        found = found.where((eb) =>
          eb.or([
            eb('created_at', '<', after.created_at),
            eb.and([eb('created_at', '=', after.created_at), eb('id', '<', after.id)]),
          ]),
        )
      const page = await found.limit(limit + 1).execute()
      const items: ShareRow[] = page.slice(0, limit)
      const next: SharePlace | null = page.length > limit ? (items.at(-1) ?? null) : null
      return { items, next }
    },

    /** Returns the frozen links of an app that are not revoked. */
    async frozenOfApp(appId: string): Promise<ShareRow[]> {
      const frozen = rows().where('app_id', '=', appId).where('frozen', 'is not', null)
      return frozen.where('revoked_at', 'is', null).orderBy('created_at').execute()
    },

    /** Returns the frozen links of an app that are about a person, also revoked ones. */
    async aboutPerson(appId: string, personHash: string): Promise<ShareRow[]> {
      const about = db.selectFrom('share_people').select('share_id').where('person_hash', '=', personHash)
      return rows().where('app_id', '=', appId).where('id', 'in', about).orderBy('created_at').execute()
    },

    /** Returns false and changes nothing if the link is unknown or revoked. */
    async change(id: string, change: ShareChange): Promise<boolean> {
      if (Object.keys(change).length === 0) return true
      const { numUpdatedRows } = await db
        .updateTable('shares')
        .set(change)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    /** Replaces what a frozen link shows, after a person was erased from it. */
    async replaceFrozen(id: string, replaced: { frozen: string; sha256: string; erased_at: number }): Promise<void> {
      await db.updateTable('shares').set(replaced).where('id', '=', id).execute()
    },

    /** Revokes the chosen links for good. Returns those that this call revoked. */
    async revoke(chosen: ShareFilter & { id?: string }, at: number): Promise<Pick<ShareRow, 'id' | 'app_id'>[]> {
      if (chosen.apps?.length === 0) return []
      let ended = db.updateTable('shares').set({ revoked_at: at }).where('revoked_at', 'is', null)
      if (chosen.id !== undefined) ended = ended.where('id', '=', chosen.id)
      if (chosen.apps) ended = ended.where('app_id', 'in', chosen.apps)
      if (chosen.owner !== undefined) ended = ended.where('owner', '=', chosen.owner)
      return ended.returning(['id', 'app_id']).execute()
    },

    /** Returns the link that keeps a content of this hash; null if none does, or did before a person was erased. */
    async bySha256(sha256: string): Promise<ShareRow | null> {
      return (await rows().where('sha256', '=', sha256).orderBy('created_at').executeTakeFirst()) ?? null
    },
  }
}
