import 'server-only'
import type { Insertable } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { frozenShares } from './frozen-shares'
import { shareOpens } from './share-opens'
import { type ShareRow, shareRows } from './share-rows'

export type { ShareRow } from './share-rows'

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

/** Shared links. All times are epoch seconds. The caller decides whether a link is open. */
export function shares(db: Db) {
  const rows = () => shareRows(db)

  return {
    ...frozenShares(db),
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

    /** Returns how many links each owner has that are neither revoked nor ended at `now`. */
    async countByOwner(now: number): Promise<Map<string, number>> {
      const counted = await db
        .selectFrom('shares')
        .select(['owner', (row) => row.fn.countAll<number>().as('links')])
        .where('revoked_at', 'is', null)
        .where('ends_at', '>', now)
        .groupBy('owner')
        .execute()
      return new Map(counted.map(({ owner, links }) => [owner, Number(links)]))
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

    /** Revokes the chosen links for good. Returns those that this call revoked. */
    async revoke(chosen: ShareFilter & { id?: string }, at: number): Promise<Pick<ShareRow, 'id' | 'app_id'>[]> {
      if (chosen.apps?.length === 0) return []
      let ended = db.updateTable('shares').set({ revoked_at: at }).where('revoked_at', 'is', null)
      if (chosen.id !== undefined) ended = ended.where('id', '=', chosen.id)
      if (chosen.apps) ended = ended.where('app_id', 'in', chosen.apps)
      if (chosen.owner !== undefined) ended = ended.where('owner', '=', chosen.owner)
      return ended.returning(['id', 'app_id']).execute()
    },
  }
}
