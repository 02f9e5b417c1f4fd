import 'server-only'
import type { Kysely } from 'kysely'

/** Adds how an app is collected (paused, spacing, by day) and stops that end by themselves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const add = (column: string, type: 'bigint' | 'integer') =>
    db.schema.alterTable('apps').addColumn(column, type).execute()
  await add('paused_at', 'bigint')
  await add('spacing_ms', 'integer')
  await add('stopped_until', 'bigint')
  await db.schema
    .alterTable('apps')
    .addColumn('by_day', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
}
