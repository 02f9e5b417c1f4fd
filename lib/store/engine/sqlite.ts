import 'server-only'
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely'
import { Disk } from './disk'
import { waitForLock } from './lock-wait'
import { withoutNul } from './no-nul'

type SqliteModule = {
  DatabaseSync: new (path: string) => DatabaseSyncInstance
  backup(from: DatabaseSyncInstance, to: string, options: { rate: number }): Promise<number>
}

/**
 * Returns the built-in node:sqlite if it has SQLite 3.51.3 or newer, else the prebuilt package. Both have the same API.
 */
export async function sqliteModule(): Promise<SqliteModule> {
  const builtIn = process.getBuiltinModule?.('node:sqlite') as SqliteModule | undefined
  if (builtIn && atLeast(versionOf(builtIn), [3, 51, 3])) return builtIn
  return (await import('@photostructure/sqlite')) as unknown as SqliteModule
}

function versionOf(module: SqliteModule): number[] {
  const db = new module.DatabaseSync(':memory:')
  try {
    const row = db.prepare('select sqlite_version() as version').get() as { version: string }
    return row.version.split('.').map(Number)
  } finally {
    db.close()
  }
}

function atLeast(version: number[], wanted: number[]): boolean {
  for (const [i, part] of wanted.entries()) {
    const have = version[i] ?? 0
    if (have !== part) return have > part
  }
  return true
}

/** Used at open and close only: while SQLite itself waits for another process, the event loop is blocked. */
const BLOCK_UNTIL_FREE = 'busy_timeout = 5000'
/** Pages of 8 KiB hold two or three windows of losses where 4 KiB hold one: a third less on disk (new files only). */
const PRAGMAS = [
  BLOCK_UNTIL_FREE,
  'page_size = 8192',
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  // After the set-up, `waitForLock` waits instead.
  'busy_timeout = 0',
]

export async function sqliteDialect(path: string, disk = new Disk()): Promise<SqliteDialect> {
  const { DatabaseSync } = await sqliteModule()
  const db = new DatabaseSync(path)
  for (const pragma of PRAGMAS) db.exec(`pragma ${pragma}`)
  return new ImmediateDialect({ database: adapt(db) }, disk)
}

/**
 * A transaction that takes the write lock at its start can wait for another process. One that takes it later fails at
 * once.
 */
class ImmediateDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig
  readonly #disk: Disk
  constructor(config: SqliteDialectConfig, disk: Disk) {
    super(config)
    this.#config = config
    this.#disk = disk
  }
  override createDriver(): Driver {
    return new ImmediateDriver(this.#config, this.#disk)
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}

/**
 * SQLite supports table definitions in a transaction. With this, Kysely runs all migrations in one and checks again
 * inside it.
 */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #disk: Disk
  constructor(config: SqliteDialectConfig, disk: Disk) {
    super(config)
    this.#disk = disk
  }
  override async acquireConnection(): Promise<DatabaseConnection> {
    return withoutNul(this.#disk.watch(waitForLock(await super.acquireConnection())))
  }
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
  /** SQLite rolls back by itself when the disk is full. A second rollback would throw and hide the first error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch((error: Error) => {
      if (!error.message.includes('no transaction is active')) throw error
    })
  }
}

/** Adapts node:sqlite to the API that Kysely expects. Rows are copied because node:sqlite's have no prototype. */
function adapt(db: DatabaseSyncInstance): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>()
  return {
    close() {
      db.exec(`pragma ${BLOCK_UNTIL_FREE}`)
      db.exec('pragma wal_checkpoint(TRUNCATE)')
      db.close()
    },
    prepare(text) {
      const statement = prepared.get(text) ?? prepare(db, text)
      prepared.delete(text)
      prepared.set(text, statement)
      const [oldest] = prepared.keys()
      if (prepared.size > MOST_PREPARED && oldest !== undefined) prepared.delete(oldest)
      return statement
    },
  }
}

/** Statements are reused: each holds memory outside the heap until it is garbage-collected, seconds later. */
const MOST_PREPARED = 200

function prepare(db: DatabaseSyncInstance, text: string): SqliteStatement {
  const statement = db.prepare(text)
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...(values as never[])).map((row) => ({ ...(row as object) })),
    run: (values) => statement.run(...(values as never[])) as { changes: number; lastInsertRowid: number },
    iterate: (values) => db.prepare(text).iterate(...(values as never[])) as IterableIterator<unknown>,
  }
}
