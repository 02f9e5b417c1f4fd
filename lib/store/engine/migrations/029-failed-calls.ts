import 'server-only'
import type { Kysely } from 'kysely'

/** Adds when a result was counted last (epoch milliseconds; null before this migration), so that failures have a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('calls').addColumn('last_at_ms', 'bigint').execute()
}
