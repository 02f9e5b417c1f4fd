import 'server-only'
import type { Db } from '@/lib/store/engine/open'
import { type ShareRow, shareRows } from './share-rows'

/** What frozen links keep. */
export function frozenShares(db: Db) {
  const rows = () => shareRows(db)

  return {
    /** Returns the JSON text that a frozen link shows; null for a live link and an unknown ID. */
    async frozenOf(id: string): Promise<string | null> {
      const found = await db.selectFrom('shares').select('frozen').where('id', '=', id).executeTakeFirst()
      return found?.frozen ?? null
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

    /** Replaces what a frozen link shows, after a person was erased from it. */
    async replaceFrozen(id: string, replaced: { frozen: string; sha256: string; erased_at: number }): Promise<void> {
      await db.updateTable('shares').set(replaced).where('id', '=', id).execute()
    },

    /** Returns the link that keeps a content of this hash; null if none does, or did before a person was erased. */
    async bySha256(sha256: string): Promise<ShareRow | null> {
      return (await rows().where('sha256', '=', sha256).orderBy('created_at').executeTakeFirst()) ?? null
    },
  }
}
