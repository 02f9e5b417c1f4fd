import 'server-only'
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock } from '@/lib/contract/clock'
import { PushlensError } from '@/lib/contract/errors'
import { copyDatabase } from '@/lib/store/engine/copy'
import { folderTarget } from './folder-target'
import { type S3Settings, s3Target } from './s3-target'
import { type BackupFile, type BackupOrigin, type BackupTarget, backupName, parseBackupName } from './target'

/** Clocks are set back a little now and then, so a copy may lie this far in the future. */
const AHEAD_MS = 10 * 60_000

export interface BackupConfig {
  /** The SQLite file; null with PostgreSQL, of which Pushlens makes no copies. */
  file: string | null
  everyS: number | null
  keep: number
  to: { kind: 'folder'; folder: string } | ({ kind: 's3' } & S3Settings)
}

/** How the schedule goes in this process. Instants are epoch seconds. */
export interface BackupSchedule {
  /** When the newest scheduled copy that is stored was begun; null where there is none, or it was not seen yet. */
  newestAt: number | null
  /** Whether the last attempt failed; null before the first look. */
  failed: boolean | null
}

export interface Backups {
  /** False with PostgreSQL. */
  supported: boolean
  /** Written by the schedule, and read by /metrics, which must not list a bucket at each scrape. */
  schedule: BackupSchedule
  label: string
  everyS: number | null
  keep: number
  list(): Promise<BackupFile[]>
  /** Copies the database, checks the copy and stores it. Throws `conflict` while one is being made. */
  make(origin: BackupOrigin): Promise<BackupFile>
  read: BackupTarget['read']
  remove: BackupTarget['remove']
  /** Deletes scheduled copies but the newest `keep`. Throws after the last one if some could not be deleted. */
  prune(): Promise<void>
}

/** Creates the backups of this installation. */
export function createBackups({ file, everyS, keep, to }: BackupConfig, clock: Pick<Clock, 'wallMs'>): Backups {
  const target = to.kind === 's3' ? s3Target(to) : folderTarget(to.folder)
  let making = false
  return {
    supported: file !== null,
    schedule: { newestAt: null, failed: null },
    label: target.label,
    everyS,
    keep,
    list: () => target.list(),
    async make(origin) {
      if (file === null) throw new PushlensError('conflict', 'PostgreSQL is backed up with pg_dump')
      if (making) throw new PushlensError('conflict', 'a backup is being made')
      making = true
      try {
        return await copyTo(target, file, backupName(clock.wallMs(), origin))
      } catch (error) {
        throw isFull(error)
          ? new PushlensError('storage_full', 'no space for a backup', undefined, { cause: error })
          : error
      } finally {
        making = false
      }
    },
    read: (name) => target.read(name),
    remove: (name) => target.remove(name),
    async prune() {
      const failures: unknown[] = []
      for (const { name } of scheduledUntil(clock.wallMs(), await target.list()).slice(keep)) {
        await target.remove(name).catch((error) => failures.push(error))
      }
      if (failures.length > 0) throw new AggregateError(failures, 'old backups could not be deleted')
    },
  }
}

/**
 * Returns the scheduled copies, newest first. Leaves out those that a clock far ahead has dated into the future: they
 * would stop the schedule until then.
 */
export function scheduledUntil(nowMs: number, files: BackupFile[]): BackupFile[] {
  return files.filter(({ origin, at }) => origin === 'schedule' && at * 1_000 <= nowMs + AHEAD_MS)
}

async function copyTo(target: BackupTarget, file: string, name: string): Promise<BackupFile> {
  // Never the name in the target, which may be this folder. What a killed process leaves, the next copy deletes.
  const local = join(dirname(file), `${name}.${randomUUID()}.part`)
  try {
    await copyDatabase(file, local)
    await target.put(local, name)
  } finally {
    await rm(local, { force: true })
  }
  const made = (await target.list()).find((one) => one.name === name)
  if (!made || !parseBackupName(name)) throw new Error(`the backup ${name} is not at ${target.label}`)
  return made
}

/** ENOSPC of the file system, and SQLITE_FULL. */
function isFull(error: unknown): boolean {
  const { code, errcode } = Object(error)
  return code === 'ENOSPC' || errcode === 13
}
