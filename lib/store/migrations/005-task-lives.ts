import 'server-only'
import { type Kysely, sql } from 'kysely'

/** Finds the windows of tasks by their begin, and the tasks by their sending: both look at the last days only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('windows_tasks')
    .on('windows')
    .columns(['app_id', 'metric', 'from_s'])
    .where(sql`task`, '<>', sql.lit(''))
    .execute()
  await db.schema.createIndex('tasks_sent').on('tasks').expression(sql`app_id, coalesce(sent_at, created_at)`).execute()
}
