import 'server-only'
import type { Source } from '@/lib/contract/sources'
import type { Vendor } from '@/lib/contract/vendors'
import type { Db } from '@/lib/store/engine/open'

export interface TraceCode {
  vendor: Vendor
  code: string
}

interface TraceKey {
  appId: string
  source: Source
  keyHash: string
}

/** The codes that stored traces ended with. A trace with a code is found without unsealing all of them. */
export function traceCodes(db: Db) {
  return {
    /** Replaces the codes of a stored trace. */
    async set({ appId, source, keyHash }: TraceKey, codes: readonly TraceCode[]): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await trx
          .deleteFrom('trace_codes')
          .where('app_id', '=', appId)
          .where('source', '=', source)
          .where('key_hash', '=', keyHash)
          .execute()
        if (codes.length === 0) return
        const rows = codes.map(({ vendor, code }) => ({ app_id: appId, source, key_hash: keyHash, vendor, code }))
        await trx
          .insertInto('trace_codes')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      })
    },

    /** Returns the latest stored trace that ended with a code, and its vendor; null if there is none. */
    async newest({ appId, source, code }: { appId: string; source: Source; code: string }) {
      const row = await db
        .selectFrom('trace_codes as c')
        .innerJoin('traces as t', (join) =>
          join
            .onRef('t.app_id', '=', 'c.app_id')
            .onRef('t.source', '=', 'c.source')
            .onRef('t.key_hash', '=', 'c.key_hash'),
        )
        .select(['c.vendor', 't.key_hash', 't.key_sealed', 't.fetched_at'])
        .where('c.app_id', '=', appId)
        .where('c.source', '=', source)
        .where('c.code', '=', code)
        .orderBy('t.fetched_at', 'desc')
        .executeTakeFirst()
      if (!row) return null
      // This column is written by `set` only.
      const vendor = row.vendor as Vendor
      return { vendor, keyHash: row.key_hash, keySealed: row.key_sealed, fetchedAt: row.fetched_at }
    },
  }
}
