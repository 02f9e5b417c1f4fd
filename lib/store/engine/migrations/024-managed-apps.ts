import 'server-only'
import type { Kysely } from 'kysely'

/** Adds what administrators choose for an app: its place in lists, how far back to collect, and names of channels. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const add = (column: string, fallback: number | string) =>
    db.schema
      .alterTable('apps')
      .addColumn(column, typeof fallback === 'number' ? 'integer' : 'text', (c) => c.notNull().defaultTo(fallback))
      .execute()
  await add('draft', 0)
  await add('place', 0)
  await add('channel_names', '{}')
  await db.schema.alterTable('apps').addColumn('fill_from', 'bigint').execute()
}
