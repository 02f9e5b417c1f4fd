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

/** The garbage collector would close an unreferenced handle and release its lock. */
const held = new Set<DatabaseSyncInstance>()

/**
 * Makes this process the only server of a SQLite file, until `release` or until the process ends, also by `kill -9`.
 * Throws StoreRefusal if another server holds the lock. The lock is an exclusive transaction on `<file>.lock`. Nothing
 * else in this process may open that file, or POSIX drops the lock. `<file>.owner` names the holder.
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

/** Resolves links, so that one file has one lock under all of its names. */
function realName(path: string): string {
  const full = resolve(path)
  try {
    return realpathSync(full)
  } catch {
    return join(realpathSync(dirname(full)), basename(full))
  }
}

/** Used in the error message only: the file may be incomplete, or written by a server that was just killed. */
function ownerOf(file: string): string {
  try {
    const { pid, host } = JSON.parse(readFileSync(`${file}.owner`, 'utf8')) as { pid: number; host: string }
    return ` (process ${pid} on ${host})`
  } catch {
    return ''
  }
}
