import 'server-only'
import type { Kysely } from 'kysely'

/** Counts an app's window transactions, so that a cached answer can be checked for changes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('apps')
    .addColumn('archive_revision', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
}
