import 'server-only'
import type { Kysely } from 'kysely'

interface Tokens {
  tokens: { id: string; app_id: string; apps: string }
}

/** Lets a token act on several apps: the single app becomes a JSON list. */
export async function up(db: Kysely<Tokens>): Promise<void> {
  await db.schema
    .alterTable('tokens')
    .addColumn('apps', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute()
  for (const { id, app_id } of await db.selectFrom('tokens').select(['id', 'app_id']).execute()) {
    await db
      .updateTable('tokens')
      .set({ apps: JSON.stringify([app_id]) })
      .where('id', '=', id)
      .execute()
  }
  await db.schema.alterTable('tokens').dropColumn('app_id').execute()
}
