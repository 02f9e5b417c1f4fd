import 'server-only'
import type { Kysely } from 'kysely'

/** Adds loss reasons that were marked as known until a given day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('known_reasons')
    .addColumn('app_id', 'text', (c) => c.notNull().references('apps.id').onDelete('cascade'))
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('until_s', 'bigint', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('base_count', 'bigint')
    .addColumn('base_days', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('known_reasons_pk', ['app_id', 'source', 'stage', 'code'])
    .execute()
}
