import 'server-only'
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { removeLeftovers } from '@/lib/store/engine/copy'
import { type BackupFile, type BackupTarget, newestFirst, parseBackupName } from './target'

/** Keeps backups in a folder, readable by their owner only. The folder is made when it is first needed. */
export function folderTarget(folder: string): BackupTarget {
  return {
    label: folder,
    async list() {
      const names = await readdir(folder).catch(unlessMissing([]))
      const files = await Promise.all(names.map((name) => fileOf(folder, name)))
      return files.filter((file) => file !== null).sort(newestFirst)
    },
    async put(file, name) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const target = join(folder, name)
      removeLeftovers(folder, (await stat(file)).mtimeMs)
      // The local file may be on another disk.
      const half = `${target}.${randomUUID()}.part`
      try {
        await rename(file, half).catch(() => copyFile(file, half))
        await chmod(half, 0o600)
        await onDisk(half)
        await rename(half, target)
      } finally {
        await rm(half, { force: true })
      }
    },
    async read(name) {
      const found = await fileOf(folder, name)
      return found && { bytes: found.bytes, stream: createReadStream(join(folder, name)) }
    },
    async remove(name) {
      if (!(await fileOf(folder, name))) return false
      await rm(join(folder, name), { force: true })
      return true
    },
  }
}

async function fileOf(folder: string, name: string): Promise<BackupFile | null> {
  const said = parseBackupName(name)
  if (!said) return null
  const found = await stat(join(folder, name)).catch(unlessMissing(null))
  return found?.isFile() ? { name, bytes: found.size, ...said } : null
}

async function onDisk(path: string): Promise<void> {
  const file = await open(path, 'r')
  await file.sync().finally(() => file.close())
}

function unlessMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value
    throw error
  }
}
