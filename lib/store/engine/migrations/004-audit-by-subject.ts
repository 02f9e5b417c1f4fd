import 'server-only'
import type { Kysely } from 'kysely'

/** Adds the index that every look-up uses to find recent look-ups of the same subject. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('audit_by_subject').on('audit').columns(['subject_hash', 'at']).execute()
}
