import 'server-only'
import {
  type ColumnDefinitionBuilder,
  type ColumnDefinitionBuilderCallback,
  type Kysely,
  type RawBuilder,
  sql,
} from 'kysely'
import { isPostgres } from '@/lib/store/engine/dialect'

/** What SQLite and PostgreSQL spell differently in a table definition. */
export interface Columns {
  id: 'integer' | 'bigserial'
  autoIncrement: ColumnDefinitionBuilderCallback
  bytes: 'blob' | 'bytea'
  /** Text that sorts by its bytes on both databases, whatever the server's locale. */
  bytewise: 'text' | RawBuilder<unknown>
  /** Creates triggers that refuse every update and delete. The table's key must be `id`. */
  appendOnly(db: Kysely<unknown>, table: string): Promise<void>
  /** Lets `change` update the rows of an append-only table, for a migration that adds a column. */
  whileChangeable(db: Kysely<unknown>, table: string, change: () => Promise<void>): Promise<void>
}

async function refuseUpdates(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`create trigger ${sql.ref(`${table}_no_update`)} before update on ${sql.table(table)}
    begin select raise(abort, 'append-only'); end`.execute(db)
}

const sqlite: Columns = {
  id: 'integer',
  autoIncrement: (c: ColumnDefinitionBuilder) => c.primaryKey().autoIncrement(),
  bytes: 'blob',
  bytewise: 'text',
  async appendOnly(db, table) {
    await refuseUpdates(db, table)
    await sql`create trigger ${sql.ref(`${table}_no_delete`)} before delete on ${sql.table(table)}
      begin select raise(abort, 'append-only'); end`.execute(db)
    // "insert or replace" deletes a row without firing the delete trigger.
    await sql`create trigger ${sql.ref(`${table}_no_replace`)} before insert on ${sql.table(table)}
      when new.id in (select id from ${sql.table(table)})
      begin select raise(abort, 'append-only'); end`.execute(db)
  },
  async whileChangeable(db, table, change) {
    await sql`drop trigger ${sql.ref(`${table}_no_update`)}`.execute(db)
    await change()
    await refuseUpdates(db, table)
  },
}

const postgres: Columns = {
  id: 'bigserial',
  autoIncrement: (c: ColumnDefinitionBuilder) => c.primaryKey(),
  bytes: 'bytea',
  bytewise: sql`text collate "C"`,
  async appendOnly(db, table) {
    await sql`create function ${sql.ref(`${table}_append_only`)}() returns trigger language plpgsql as
      $$ begin raise exception 'append-only'; end $$`.execute(db)
    await sql`create trigger ${sql.ref(`${table}_no_change`)} before update or delete or truncate on ${sql.table(table)}
      for each statement execute function ${sql.ref(`${table}_append_only`)}()`.execute(db)
  },
  async whileChangeable(db, table, change) {
    const trigger = sql.ref(`${table}_no_change`)
    await sql`alter table ${sql.table(table)} disable trigger ${trigger}`.execute(db)
    await change()
    await sql`alter table ${sql.table(table)} enable trigger ${trigger}`.execute(db)
  },
}

export function columnTypes(db: Kysely<unknown>): Columns {
  return isPostgres(db) ? postgres : sqlite
}
