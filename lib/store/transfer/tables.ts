import 'server-only'
import { type RawBuilder, sql } from 'kysely'
import { isPostgres } from '@/lib/store/engine/dialect'
import type { Db } from '@/lib/store/engine/open'

export interface Column {
  name: string
  isBytes: boolean
}

/** A table of a database, with its columns in order of their names and those of its primary key in the key's order. */
export interface Table {
  name: string
  columns: Column[]
  key: string[]
  /** The column whose next value the database chooses; null if every value is given. */
  counter: string | null
  /** The tables that its rows refer to. */
  refersTo: string[]
}

/** Rows that belong to running processes, or to the library that runs the migrations. */
const NOT_COPIED = ['leases', 'kysely_migration_lock']

/** Returns the tables of a database without those that are not copied. A table comes after those that it refers to. */
export async function tablesOf(db: Db): Promise<Table[]> {
  const names = isPostgres(db)
    ? sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`
    : sql<{ name: string }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`
  const found = (await names.execute(db)).rows.map(({ name }) => name)
  const copied = found.filter((name) => !NOT_COPIED.includes(name)).sort()
  const tables: Table[] = []
  for (const name of copied) tables.push(await (isPostgres(db) ? postgresTable(db, name) : sqliteTable(db, name)))
  return inOrder(tables)
}

function inOrder(tables: Table[]): Table[] {
  const placed: Table[] = []
  const isPlaced = (name: string) => placed.some((one) => one.name === name)
  while (placed.length < tables.length) {
    const next = tables.find(
      ({ name, refersTo }) => !isPlaced(name) && refersTo.every((to) => to === name || isPlaced(to)),
    )
    if (!next) throw new Error('the tables refer to each other in a circle')
    placed.push(next)
  }
  return placed
}

async function sqliteTable(db: Db, name: string): Promise<Table> {
  const info = sql<{ name: string; type: string; pk: number }>`select name, type, pk from pragma_table_info(${name})`
  const { rows } = await info.execute(db)
  const counted = sql<{
    sql: string
  }>`select sql from sqlite_master where name = ${name} and sql like '%autoincrement%'`
  const key = rows.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
  const hasCounter = (await counted.execute(db)).rows.length > 0
  return {
    name,
    columns: sorted(rows.map((row) => ({ name: row.name, isBytes: row.type.toLowerCase() === 'blob' }))),
    key: key.map((row) => row.name),
    counter: hasCounter ? (key[0]?.name ?? null) : null,
    refersTo: await namesOf(db, sql`select "table" as name from pragma_foreign_key_list(${name})`),
  }
}

async function postgresTable(db: Db, name: string): Promise<Table> {
  const { rows } = await sql<{ name: string; type: string; counter: boolean; place: number | null }>`
    select a.attname as name, format_type(a.atttypid, null) as type,
      pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null as counter,
      array_position(i.indkey::int2[], a.attnum) as place
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relname = ${name} and c.relnamespace = current_schema()::regnamespace`.execute(db)
  const key = rows.filter(({ place }) => place !== null).sort((a, b) => (a.place ?? 0) - (b.place ?? 0))
  return {
    name,
    columns: sorted(rows.map((row) => ({ name: row.name, isBytes: row.type === 'bytea' }))),
    key: key.map((row) => row.name),
    counter: rows.find(({ counter }) => counter)?.name ?? null,
    refersTo: await namesOf(
      db,
      sql`select r.relname as name from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class r on r.oid = f.confrelid
        where f.contype = 'f' and c.relname = ${name} and c.relnamespace = current_schema()::regnamespace`,
    ),
  }
}

const sorted = (columns: Column[]) => columns.sort((a, b) => (a.name < b.name ? -1 : 1))

async function namesOf(db: Db, query: RawBuilder<unknown>): Promise<string[]> {
  return (await sql<{ name: string }>`${query}`.execute(db)).rows.map(({ name }) => name)
}
