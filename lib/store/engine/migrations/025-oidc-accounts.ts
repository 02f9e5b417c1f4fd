import 'server-only'
import type { Kysely } from 'kysely'

/** Adds the accounts at sign-in providers that belong to people. A person has at most one at each provider. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('oidc_accounts')
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('oidc_accounts_pk', ['issuer', 'subject'])
    .addUniqueConstraint('oidc_accounts_person', ['person_id', 'issuer'])
    .execute()
}
