import 'server-only'
import type { Kysely } from 'kysely'
import { columnTypes } from './columns'

/** Adds shared links, whom a frozen look-up is about, and the log of openings. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const types = columnTypes(db)
  await db.schema
    .createTable('shares')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('app_id', 'text', (c) => c.notNull().references('apps.id').onDelete('cascade'))
    .addColumn('secret_hash', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('origins', 'text', (c) => c.notNull())
    .addColumn('picture', 'integer', (c) => c.notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('ends_at', 'bigint', (c) => c.notNull())
    .addColumn('paused_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('last_opened_at', 'bigint')
    .addColumn('opens', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('frozen', 'text')
    .addColumn('frozen_at', 'bigint')
    .addColumn('sha256', 'text')
    .addColumn('erased_at', 'bigint')
    .execute()
  await db.schema.createIndex('shares_by_app').on('shares').columns(['app_id', 'created_at']).execute()
  await db.schema
    .createTable('share_people')
    .addColumn('share_id', 'text', (c) => c.notNull().references('shares.id').onDelete('cascade'))
    .addColumn('person_hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('share_people_key', ['share_id', 'person_hash'])
    .execute()
  await db.schema.createIndex('share_people_by_person').on('share_people').column('person_hash').execute()
  await db.schema
    .createTable('share_opens')
    .addColumn('id', types.id, types.autoIncrement)
    .addColumn('share_id', 'text', (c) => c.notNull().references('shares.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('network', 'text')
    .addColumn('client', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('share_opens_by_share').on('share_opens').columns(['share_id', 'at']).execute()
}
