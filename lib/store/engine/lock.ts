import 'server-only'
import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { createFolder, createPrivate } from './open'
import { StoreRefusal } from './refusal'
import { sqliteModule } from './sqlite'

export interface FileLock {
  release(): void
}

/** A handle nobody refers to would be closed by the garbage collector, and the lock with it. */
const held = new Set<DatabaseSyncInstance>()

/**
 * Makes this process the one server of a SQLite file, until `release` or the end of the process, also by `kill -9`.
 * Throws StoreRefusal when another server holds it. The lock is an exclusive transaction on `<file>.lock`: nothing else
 * in this process may open that file, or POSIX drops the lock; who holds it stands in `<file>.owner`.
 */
export async function lockFile(path: string): Promise<FileLock> {
  createFolder(path)
  const file = realName(path)
  const { DatabaseSync } = await sqliteModule()
  createPrivate(`${file}.lock`)
  const handle = new DatabaseSync(`${file}.lock`)
  try {
    handle.exec('begin exclusive')
  } catch (error) {
    handle.close()
    if (!(error instanceof Error) || !error.message.includes('database is locked')) throw error
    throw new StoreRefusal('locked', `another server${ownerOf(file)} already serves ${file}: stop it first`)
  }
  held.add(handle)
  writeFileSync(`${file}.owner`, JSON.stringify({ pid: process.pid, host: hostname() }), { mode: 0o600 })
  return {
    release() {
      if (!held.delete(handle)) return
      rmSync(`${file}.owner`, { force: true })
      handle.exec('rollback')
      handle.close()
    },
  }
}

/** One file has one lock, by whatever link it was named. */
function realName(path: string): string {
  const full = resolve(path)
  try {
    return realpathSync(full)
  } catch {
    return join(realpathSync(dirname(full)), basename(full))
  }
}

/** For the sentence alone: the file may be half written, or of a server that was killed a moment ago. */
function ownerOf(file: string): string {
  try {
    const { pid, host } = JSON.parse(readFileSync(`${file}.owner`, 'utf8')) as { pid: number; host: string }
    return ` (process ${pid} on ${host})`
  } catch {
    return ''
  }
}
