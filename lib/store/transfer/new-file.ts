import 'server-only'
import { randomUUID } from 'node:crypto'
import { existsSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { removeFile, removeLeftovers, sync } from '@/lib/store/engine/copy'
import { createFolder, type Db, openDatabase } from '@/lib/store/engine/open'

/**
 * Makes a SQLite file and fills it under another name. It gets its own name when it is complete and on the disk, so that a kill
 * leaves no file of that name.
 */
export async function fillNewFile<T>(path: string, nowMs: number, fill: (db: Db) => Promise<T>): Promise<T> {
  createFolder(path)
  removeLeftovers(dirname(path), nowMs)
  const half = `${path}.${randomUUID()}.part`
  try {
    const db = await openDatabase({ kind: 'sqlite', path: half })
    const result = await fill(db).finally(() => db.destroy())
    sync(half)
    if (existsSync(path)) throw new Error(`${path} already exists`)
    renameSync(half, path)
    sync(dirname(path))
    return result
  } finally {
    removeFile(half)
  }
}
