import 'server-only'
import type { Kysely } from 'kysely'

/** Adds the views that people save, and which of them a person's start page is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('saved_views')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
    .addColumn('app_id', 'text', (c) => c.notNull().references('apps.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('page', 'text', (c) => c.notNull())
    .addColumn('query', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('saved_views_of_person')
    .on('saved_views')
    .columns(['person_id', 'app_id', 'created_at'])
    .execute()
  // A table of its own, so that no person ever has two start pages.
  await db.schema
    .createTable('start_views')
    .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
    .addColumn('view_id', 'text', (c) => c.notNull().references('saved_views.id').onDelete('cascade'))
    .execute()
  await db.schema.createIndex('start_views_by_view').on('start_views').column('view_id').execute()
}
