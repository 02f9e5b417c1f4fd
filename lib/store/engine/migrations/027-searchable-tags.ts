import 'server-only'
import { type Kysely, sql } from 'kysely'

interface Row {
  app_id: string
  task_id: string
  words: string
  tags: string
}

/** Adds the tags of a task to the text that searches read. Only JavaScript makes every script lower case on both databases. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<Row>`select app_id, task_id, words, tags from tasks where tags <> '[]'`.execute(db)
  for (const { app_id, task_id, words, tags } of rows) {
    // This column is written by `rowOfTask` only.
    const all = [words, ...(JSON.parse(tags) as string[])].join('\n').toLowerCase()
    await sql`update tasks set words = ${all} where app_id = ${app_id} and task_id = ${task_id}`.execute(db)
  }
}
