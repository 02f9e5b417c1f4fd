import 'server-only'
import { type Kysely, sql } from 'kysely'
import { columnTypes } from './columns'

/** Adds the columns that tasks are sorted and searched by, and what an import replaced while it can be undone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bytewise } = columnTypes(db)
  for (const column of ['label_key', 'words']) {
    await db.schema
      .alterTable('tasks')
      .addColumn(column, bytewise, (c) => c.notNull().defaultTo(''))
      .execute()
  }
  await sql`update tasks set label_key = lower(case when label = '' then task_id else label end),
    words = lower(label) || ${'\n'} || lower(task_id) || ${'\n'} || lower(note)`.execute(db)
  await sql`create index tasks_sent on tasks (app_id, (coalesce(sent_at, created_at)) desc, task_id)`.execute(db)
  await db.schema
    .createTable('task_imports')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('app_id', 'text', (c) => c.notNull().references('apps.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('changes', 'text', (c) => c.notNull())
    .execute()
}
