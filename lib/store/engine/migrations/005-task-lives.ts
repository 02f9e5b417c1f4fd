import 'server-only'
import { type Kysely, sql } from 'kysely'

/** Finds the windows of tasks by their begin: whoever plans looks at the last days only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('windows_tasks')
    .on('windows')
    .columns(['app_id', 'metric', 'from_s'])
    .where(sql`task`, '<>', sql.lit(''))
    .execute()
}
