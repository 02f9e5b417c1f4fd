import 'server-only'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Dialect, type Driver, Kysely, PostgresDialect, type PostgresDialectConfig, PostgresDriver } from 'kysely'
import pg from 'pg'
import { Disk } from './disk'
import { withoutNul } from './no-nul'
import type { Database } from './schema'
import { sqliteDialect } from './sqlite'

export type Db = Kysely<Database>
export type DatabaseUrl = { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: string }

const BIGINT = 20

/** Opens the database without touching its tables. `sqlite:` paths are relative to the working directory. */
export async function openDatabase(url: DatabaseUrl): Promise<Db> {
  const disk = new Disk()
  const db = new Kysely<Database>({ dialect: await dialectOf(url, disk) })
  disks.set(db, disk)
  return db
}

async function dialectOf(url: DatabaseUrl, disk: Disk): Promise<Dialect> {
  if (url.kind === 'postgres') return new WatchedDialect({ pool: postgresPool(url.url) }, disk)
  createFolder(url.path)
  createPrivate(url.path)
  return sqliteDialect(url.path, disk)
}

const disks = new WeakMap<Db, Disk>()

/** Returns the disk state of an opened database. */
export function diskOf(db: Db): Disk {
  return disks.get(db) ?? new Disk()
}

class WatchedDialect extends PostgresDialect {
  constructor(
    private readonly config: PostgresDialectConfig,
    private readonly disk: Disk,
  ) {
    super(config)
  }
  override createDriver(): Driver {
    return new WatchedDriver(this.config, this.disk)
  }
}

class WatchedDriver extends PostgresDriver {
  constructor(
    config: PostgresDialectConfig,
    private readonly disk: Disk,
  ) {
    super(config)
  }
  override async acquireConnection(): ReturnType<PostgresDriver['acquireConnection']> {
    return withoutNul(this.disk.watch(await super.acquireConnection()))
  }
}

function postgresPool(connectionString: string): pg.Pool {
  pg.types.setTypeParser(BIGINT, Number)
  const pool = new pg.Pool({
    connectionString,
    max: 8,
    connectionTimeoutMillis: 5_000,
    // Finds the connections of a machine that is gone without a word. The statements on them would wait for good.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
  })
  // A lost connection is an error event besides the failed query. An unhandled error event would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Creates the folder of a file, readable by its owner only. An existing folder stays as it is. */
export function createFolder(path: string): void {
  mkdirSync(dirname(resolve(path)), { recursive: true, mode: 0o700 })
}

/**
 * Creates a file that only its owner may read. An existing file is not opened: closing it would drop the locks that
 * SQLite holds on it in this process.
 */
export function createPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
