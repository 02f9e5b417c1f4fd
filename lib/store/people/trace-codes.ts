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

/** Which codes the kept traces ended with, so that one of a code is found without opening them all. */
export function traceCodes(db: Db) {
  return {
    /** The codes of a kept trace, in the place of those of its earlier answer. */
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

    /** The last fetched trace that ended with a code, with the vendor it was of; null where none is kept. */
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
      // Only `set` writes this column.
      const vendor = row.vendor as Vendor
      return { vendor, keyHash: row.key_hash, keySealed: row.key_sealed, fetchedAt: row.fetched_at }
    },
  }
}
