import 'server-only'
import type { Kysely } from 'kysely'

/** Adds second factors, recovery codes, and sessions that may do nothing but set up a second factor. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('second_factors')
    .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
    .addColumn('data_key', 'text', (c) => c.notNull())
    .addColumn('pending_sealed', 'text')
    .addColumn('last_step', 'bigint', (c) => c.notNull())
    .addColumn('confirmed_at', 'bigint')
    .execute()
  await db.schema
    .createTable('recovery_codes')
    .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
    .addColumn('code_hash', 'text', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .addPrimaryKeyConstraint('recovery_codes_pk', ['person_id', 'code_hash'])
    .execute()
  await db.schema
    .alterTable('sessions')
    .addColumn('second_factor_due', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
}
