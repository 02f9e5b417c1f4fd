import 'server-only'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { isPostgres } from '@/lib/store/engine/dialect'
import type { Db } from '@/lib/store/engine/open'
import type { Column, Table } from './tables'

export type Row = Record<string, unknown>

/** What two copies of a table have in common: how many rows, their content, and the last value of the table's counter. */
export interface Digest {
  rows: number
  /** The sum of the SHA-256 of the rows, so that their order makes no difference. */
  content: string
  /** The last value that the database has given; null if every value is given. */
  counter: number | null
}

const BATCH = 200
const MODULUS = 1n << 256n
const CURSOR = 'pushlens_copy'

/** Reads a table in parts. Call it in a transaction, so that all of them are of one moment. */
export async function* readRows(trx: Db, table: Table): AsyncGenerator<Row[]> {
  const columns = sql.join(table.columns.map(({ name }) => sql.ref(name)))
  const next = isPostgres(trx) ? await cursor(trx, table, columns) : parts(trx, table, columns)
  for (let rows = await next(); rows.length > 0; rows = await next()) yield rows
  if (isPostgres(trx)) await sql.raw(`close ${CURSOR}`).execute(trx)
}

async function cursor(trx: Db, table: Table, columns: ReturnType<typeof sql.join>): Promise<() => Promise<Row[]>> {
  const order = table.key.length === 0 ? sql`` : sql`order by ${sql.join(table.key.map((name) => sql.ref(name)))}`
  const select = sql`select ${columns} from ${sql.table(table.name)} ${order}`
  await sql`declare ${sql.raw(CURSOR)} no scroll cursor for ${select}`.execute(trx)
  return async () => (await sql<Row>`${sql.raw(`fetch ${BATCH} from ${CURSOR}`)}`.execute(trx)).rows
}

/** Every table of SQLite has a rowid. */
function parts(trx: Db, table: Table, columns: ReturnType<typeof sql.join>): () => Promise<Row[]> {
  let after = -1
  return async () => {
    const { rows } = await sql<Row & { copy_rowid: number }>`select rowid as copy_rowid, ${columns}
      from ${sql.table(table.name)} where rowid > ${after} order by rowid limit ${BATCH}`.execute(trx)
    after = rows.at(-1)?.copy_rowid ?? after
    return rows.map(({ copy_rowid: _, ...row }) => row)
  }
}

export async function insertRows(trx: Db, table: Table, rows: Row[]): Promise<void> {
  const columns = sql.join(table.columns.map(({ name }) => sql.ref(name)))
  const values = rows.map((row) => sql`(${sql.join(table.columns.map(({ name }) => row[name]))})`)
  await sql`insert into ${sql.table(table.name)} (${columns}) values ${sql.join(values)}`.execute(trx)
}

/** Adds up a table. Both databases give the same digest for the same rows. */
export function digester(columns: Column[]) {
  let [rows, sum] = [0, 0n]
  return {
    add(part: Row[]) {
      for (const row of part) {
        const text = JSON.stringify(columns.map(({ name, isBytes }) => plain(row[name], isBytes)))
        sum = (sum + BigInt(`0x${createHash('sha256').update(text, 'utf8').digest('hex')}`)) % MODULUS
      }
      rows += part.length
      return rows
    },
    result: (counter: number | null): Digest => ({ rows, content: sum.toString(16), counter }),
  }
}

/** Bytes become a list with one text, which no other value is. */
function plain(value: unknown, isBytes: boolean): unknown {
  if (!isBytes || value === null) return value
  return [Buffer.from(value as Uint8Array).toString('base64')]
}

/** Returns the last value that the database has given for a table's counter; null without one. */
export async function readCounter(trx: Db, table: Table): Promise<number | null> {
  if (table.counter === null) return null
  if (!isPostgres(trx)) {
    const given = sql<{ seq: number }>`select seq from sqlite_sequence where name = ${table.name}`
    return (await given.execute(trx)).rows[0]?.seq ?? 0
  }
  const sequence = await sequenceOf(trx, table)
  const { rows } = await sql<{ last: number }>`
    select case when is_called then last_value else last_value - 1 end as last from ${sequence}`.execute(trx)
  return rows[0]?.last ?? 0
}

/** Lets the counter go on after a value. */
export async function setCounter(trx: Db, table: Table, last: number): Promise<void> {
  if (isPostgres(trx)) {
    const name = sql`pg_get_serial_sequence(${table.name}, ${table.counter})`
    await sql`select setval(${name}, ${Math.max(last, 1)}, ${last > 0})`.execute(trx)
    return
  }
  await sql`delete from sqlite_sequence where name = ${table.name}`.execute(trx)
  await sql`insert into sqlite_sequence (name, seq) values (${table.name}, ${last})`.execute(trx)
}

async function sequenceOf(trx: Db, table: Table) {
  const found = sql<{ name: string }>`select pg_get_serial_sequence(${table.name}, ${table.counter}) as name`
  return sql.raw((await found.execute(trx)).rows[0]?.name ?? '')
}
