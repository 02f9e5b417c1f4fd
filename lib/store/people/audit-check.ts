import 'server-only'
import { type ChainSigner, HEAD, hashOf, PLAIN, readHead, START } from '@/lib/store/engine/audit-chain'
import type { Db } from '@/lib/store/engine/open'

const BATCH = 1_000

/**
 * Whether the audit's chain is whole. `broken` is the first entry that does not follow from the one before: it was changed,
 * or an entry before it was changed, removed or inserted. `{ id: null }`: the newest entries were removed, or not added by
 * us.
 */
export interface ChainCheck {
  entries: number
  broken: { id: number; at: number } | { id: null; at: null } | null
}

/** Reads all entries in order, while others may be added. `signer` is the one that signs new entries. */
export async function checkChain(db: Db, signer: ChainSigner): Promise<ChainCheck> {
  let last = START
  let entries = 0
  let signed = false
  for (let before = await headOf(db); ; ) {
    const rows = await db.selectFrom('audit').selectAll().where('id', '>', last.id).orderBy('id').limit(BATCH).execute()
    for (const row of rows) {
      signed ||= !row.hash.startsWith(PLAIN.name)
      if (row.hash !== hashOf(signed ? signer : PLAIN, row, last.hash)) {
        return { entries, broken: { id: row.id, at: row.at } }
      }
      last = { id: row.id, hash: row.hash }
      entries += 1
    }
    if (rows.length === BATCH) continue
    const now = await headOf(db)
    const head = readHead(signer, now)
    if (head?.id === last.id && head.hash === last.hash) return { entries, broken: null }
    // A head that has moved means that entries were added meanwhile: read those too.
    if (now === before) return { entries, broken: { id: null, at: null } }
    before = now
  }
}

async function headOf(db: Db): Promise<string | null> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', HEAD).executeTakeFirst()
  return row?.value ?? null
}
