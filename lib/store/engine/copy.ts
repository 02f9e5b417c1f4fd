import 'server-only'
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { createPrivate } from './open'
import { sqliteModule } from './sqlite'

/** A copy that no process has written to for so long was left by one that was killed. */
const LEFT_MS = 10 * 60_000
const PAGES_PER_STEP = 256
/** Bytes that a copy leaves free for the writes of the server. */
const LEFT_FREE = 64 * 1_048_576

export interface CheckedCopy {
  /** The migrations that the copy has seen. */
  applied: string[]
}

/**
 * Writes a complete and checked copy of a SQLite file to `to`, readable by its owner only, while others read and write.
 * It has one moment of the database. The copy is written under another name and then renamed, so `to` is never
 * incomplete. The event loop stays free. Refuses an existing name, a disk without room, and a copy with damage.
 * `accept` may refuse it too.
 */
export async function copyDatabase(
  from: string,
  to: string,
  accept: (copy: CheckedCopy) => boolean = () => true,
): Promise<boolean> {
  if (existsSync(to)) throw new Error(`${to} already exists: name another file`)
  const half = `${to}.${randomUUID()}.part`
  createPrivate(half)
  removeLeftovers(dirname(to), statSync(half).mtimeMs)
  try {
    requireRoom(from, dirname(to))
    await copyPages(from, half)
    const checked = await checkCopy(half)
    sync(half)
    if (!accept(checked)) return false
    renameSync(half, to)
    sync(dirname(to))
    return true
  } finally {
    removeFile(half)
  }
}

/** Throws ENOSPC if a copy does not fit, before it fills the disk on which the database itself may be. */
export function requireRoom(from: string, folder: string): void {
  const sizes = ['', '-wal'].map((end) => statSync(from + end, { throwIfNoEntry: false })?.size ?? 0)
  const bytes = sizes.reduce((sum, size) => sum + size, LEFT_FREE)
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= bytes) return
  const [needed, free] = [bytes, bavail * bsize].map((size) => Math.ceil(size / 1_048_576))
  const text = `a copy of the database needs ${needed} MB of free space in ${folder}, which has ${free} MB`
  throw Object.assign(new Error(text), { code: 'ENOSPC' })
}

/** A read transaction fixes the moment that is copied. Without it, each write of the server would start the copy again. */
async function copyPages(from: string, to: string): Promise<void> {
  const { DatabaseSync, backup } = await sqliteModule()
  const source = new DatabaseSync(from)
  try {
    source.exec('pragma busy_timeout = 5000')
    source.exec('begin')
    source.prepare('select count(*) from sqlite_master').get()
    await backup(source, to, { rate: PAGES_PER_STEP })
    source.exec('rollback')
  } finally {
    source.close()
  }
}

/** Reads every page and index of a copy, table by table, and throws if one is damaged. Makes it a single file. */
async function checkCopy(file: string): Promise<CheckedCopy> {
  const { DatabaseSync } = await sqliteModule()
  const db = new DatabaseSync(file)
  try {
    db.exec('pragma journal_mode = delete')
    const tables = db.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[]
    for (const { name } of tables) {
      const row = db.prepare(`pragma integrity_check('${name.replaceAll("'", "''")}')`).get()
      const said = String(Object.values(Object(row))[0] ?? 'no answer')
      if (said !== 'ok') throw new Error(`the database is damaged, so it was not copied: ${name}: ${said}`)
      await breathe()
    }
    if (!tables.some(({ name }) => name === 'kysely_migration')) return { applied: [] }
    const rows = db.prepare('select name from kysely_migration').all() as { name: string }[]
    return { applied: rows.map(({ name }) => name) }
  } finally {
    db.close()
  }
}

/** Deletes a SQLite file with its logs. */
export function removeFile(path: string): void {
  for (const part of ['', '-journal', '-wal', '-shm']) rmSync(path + part, { force: true })
}

/** Waits until the file, or the names in a folder, are on the disk. */
export function sync(path: string): void {
  const opened = openSync(path, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

/** Deletes the incomplete copies that killed processes left in a folder. */
export function removeLeftovers(folder: string, nowMs: number): void {
  for (const name of readdirSync(folder)) {
    if (!/\.[0-9a-f-]{36}\.part(-journal|-wal|-shm)?$/.test(name)) continue
    const stat = statSync(join(folder, name), { throwIfNoEntry: false })
    if (stat && nowMs - stat.mtimeMs > LEFT_MS) rmSync(join(folder, name), { force: true })
  }
}
