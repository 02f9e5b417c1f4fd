import 'server-only'
import type { Kysely } from 'kysely'

/** Counts an app's transactions of windows, so that an answer made of them can be known to be the latest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('apps')
    .addColumn('archive_revision', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
}
