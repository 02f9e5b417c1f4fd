import 'server-only'
import { type Selectable, sql } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

/** A link without what it keeps, which can be large: `frozenOf` reads that. `bytes` is its size; null for a live link. */
export type ShareRow = Omit<Selectable<Database['shares']>, 'frozen'> & { bytes: number | null }

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

/** Reads links without what they keep. */
export function shareRows(db: Db) {
  return db.selectFrom('shares').select(COLUMNS).select(sql<number | null>`octet_length(shares.frozen)`.as('bytes'))
}
