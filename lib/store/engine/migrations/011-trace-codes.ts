import 'server-only'
import type { Kysely } from 'kysely'

/** Adds the codes that a stored trace ended with. They hold no personal data and are deleted with the trace. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('trace_codes')
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('key_hash', 'text', (c) => c.notNull())
    .addColumn('vendor', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('trace_codes_pk', ['app_id', 'source', 'key_hash', 'vendor', 'code'])
    .addForeignKeyConstraint(
      'trace_codes_trace',
      ['app_id', 'source', 'key_hash'],
      'traces',
      ['app_id', 'source', 'key_hash'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute()
  await db.schema.createIndex('trace_codes_code').on('trace_codes').columns(['app_id', 'source', 'code']).execute()
}
