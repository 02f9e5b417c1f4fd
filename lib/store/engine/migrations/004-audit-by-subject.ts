import 'server-only'
import type { Kysely } from 'kysely'

/** Who looked up whom, lately: asked at every look-up, so that it must not read the whole log. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('audit_by_subject').on('audit').columns(['subject_hash', 'at']).execute()
}
