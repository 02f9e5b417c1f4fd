import 'server-only'
import { type Kysely, sql } from 'kysely'

/** Adds the index that finds task windows by their start: planning reads only the last days. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('windows_tasks')
    .on('windows')
    .columns(['app_id', 'metric', 'from_s'])
    .where(sql`task`, '<>', sql.lit(''))
    .execute()
}
