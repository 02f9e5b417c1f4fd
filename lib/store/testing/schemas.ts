import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Dialect, Kysely, Migrator, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { migrations } from '@/lib/store/engine/migrations'
import { type DatabaseUrl, type Db, openDatabase } from '@/lib/store/engine/open'
import { sqliteDialect, sqliteModule } from '@/lib/store/engine/sqlite'
import { SEEDS } from './schema-seeds'

export type StoreKind = DatabaseUrl['kind']

/** One file per migration and store: the statements from the version before to this one, with the rows it wrote. */
export const SCHEMAS = resolve(import.meta.dirname, '../engine/schemas')
const ANY_TIME = '2026-01-01T00:00:00.000Z'

export const schemaFile = (name: string, kind: StoreKind) => join(SCHEMAS, `${name}.${kind}.sql`)

/** Returns the names of the versions that are kept for a store, oldest first. */
export function keptSchemas(kind: StoreKind): string[] {
  const end = `.${kind}.sql`
  return readdirSync(SCHEMAS)
    .filter((name) => name.endsWith(end))
    .map((name) => name.slice(0, -end.length))
    .sort()
}

/** Makes an empty database what a version had left behind. Runs the kept text alone, no migration. */
export async function loadSchema(url: DatabaseUrl, version: string): Promise<void> {
  const names = keptSchemas(url.kind)
  const texts = names
    .slice(0, names.indexOf(version) + 1)
    .map((name) => readFileSync(schemaFile(name, url.kind), 'utf8'))
  if (url.kind === 'postgres') {
    const client = new pg.Client({ connectionString: url.url })
    await client.connect()
    await client.query(texts.join('')).finally(() => client.end())
    return
  }
  // Opening creates the file as the product does.
  await (await openDatabase(url)).destroy()
  const { DatabaseSync } = await sqliteModule()
  const db = new DatabaseSync(url.path)
  db.exec(texts.join(''))
  db.close()
}

/** Runs every migration in an empty database, adds the rows of each version, and returns the statements by migration. */
export async function recordSchemas(url: DatabaseUrl): Promise<Map<string, string>> {
  let statements: string[] = []
  const db: Kysely<Record<string, never>> = new Kysely({
    dialect: await dialectOf(url),
    log: ({ query }) => {
      if (/^\s*(create|alter|drop|insert|update|delete)\b/i.test(query.sql)) {
        statements.push(`${inlined(query.sql, query.parameters, url.kind)};\n`)
      }
    },
  })
  const recorded = new Map<string, string>()
  try {
    for (const name of Object.keys(migrations).sort()) {
      statements = []
      const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
      const { error } = await migrator.migrateTo(name)
      if (error) throw error
      for (const [table, row] of SEEDS[name] ?? []) {
        const columns = Object.keys(row).map((column) => sql.ref(column))
        await sql`insert into ${sql.table(table)} (${sql.join(columns)})
          values (${sql.join(Object.values(row))})`.execute(db)
      }
      recorded.set(name, statements.join(''))
    }
    return recorded
  } finally {
    await db.destroy()
  }
}

async function dialectOf(url: DatabaseUrl): Promise<Dialect> {
  if (url.kind === 'postgres') return new PostgresDialect({ pool: new pg.Pool({ connectionString: url.url, max: 1 }) })
  return sqliteDialect(url.path)
}

/** Puts the parameters into the text. The time of a migration is always the same, so that the text is. */
function inlined(text: string, parameters: readonly unknown[], kind: StoreKind): string {
  const migrationLog = /^insert into "kysely_migration"/.test(text)
  let next = 0
  return text.replace(kind === 'postgres' ? /\$(\d+)/g : /\?/g, (_, nth?: string) => {
    const value = parameters[kind === 'postgres' ? Number(nth) - 1 : next++]
    return literal(migrationLog && /^\d{4}-.*Z$/.test(String(value)) ? ANY_TIME : value, kind)
  })
}

function literal(value: unknown, kind: StoreKind): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (!(value instanceof Uint8Array)) throw new Error(`no literal for ${typeof value}`)
  const hex = Buffer.from(value).toString('hex')
  return kind === 'postgres' ? `'\\x${hex}'` : `x'${hex}'`
}

/** Returns every row of every table, by table. */
export async function everyRow(db: Db, kind: StoreKind): Promise<Map<string, Record<string, unknown>[]>> {
  const names =
    kind === 'postgres'
      ? sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`
      : sql<{ name: string }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`
  const rows = new Map<string, Record<string, unknown>[]>()
  for (const { name } of (await names.execute(db)).rows) {
    rows.set(name, (await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)).rows)
  }
  return rows
}

/** Returns columns, indexes and triggers as sorted lines, whatever the order in which migrations added them. */
export async function shapeOf(db: Db, kind: StoreKind): Promise<string[]> {
  const query =
    kind === 'postgres'
      ? sql<{ line: string }>`
          select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, collation_name) as line
            from information_schema.columns where table_schema = 'public'
          union all select indexdef from pg_indexes where schemaname = 'public'
          union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal`
      : sql<{ line: string }>`
          select m.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || coalesce(c.dflt_value, '') as line
            from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'
          union all select sql from sqlite_master where type in ('index', 'trigger') and sql is not null`
  return (await query.execute(db)).rows.map(({ line }) => line).sort()
}
