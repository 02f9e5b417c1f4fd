import 'server-only'
import type { Kysely } from 'kysely'

/** Who looked up whom is asked by the person's keyed hash. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('audit_subject').on('audit').columns(['subject_hash', 'id']).execute()
}
