import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { scheduledUntil } from '@/lib/backup/backups'
import { backupsOf } from '@/lib/context-base'
import type { Env } from '@/lib/env'
import type { DoctorTools } from './tools'

/** A backup may take a while, and a failed one is tried again. */
const LATE = 1.5

/** Checks whether backups can be stored, and whether the schedule makes them. */
export async function backups(env: Env, { nowMs }: DoctorTools): Promise<string[]> {
  if (env.database.kind === 'postgres') return ['note PostgreSQL is not backed up by Pushlens: schedule pg_dump']
  if (!existsSync(env.database.path)) return []
  const store = backupsOf(env, { wallMs: nowMs })
  const { to, everyS } = env.backup
  const found = await store.list().catch((error: Error) => error)
  if (found instanceof Error) {
    return [`bad  backups cannot be stored at ${store.label} (${found.message}): correct BACKUP_TO and its key`]
  }
  if (to.kind === 'folder' && !canWrite(to.folder)) {
    return [`bad  Pushlens may not write backups in ${to.folder}: make it a writable folder, or correct BACKUP_TO`]
  }
  if (everyS === null) {
    const [newest] = found
    const last = newest ? `the newest is of ${new Date(newest.at * 1_000).toISOString()}` : 'there is none'
    return [`note backups are not scheduled, ${last}: set BACKUP_EVERY=24h`]
  }
  const [newest] = scheduledUntil(nowMs(), found)
  const ageS = newest ? nowMs() / 1_000 - newest.at : Number.POSITIVE_INFINITY
  if (ageS <= everyS * LATE) return [`ok   the newest backup is ${Math.round(ageS / 3_600)} h old`]
  const age = newest ? `is of ${new Date(newest.at * 1_000).toISOString()}` : 'does not exist'
  return [`bad  the newest scheduled backup ${age}: start Pushlens, and read its log for "backup failed"`]
}

/** Looks at the nearest folder that exists, because the first backup makes the rest. */
function canWrite(folder: string): boolean {
  let path = folder
  while (!existsSync(path) && dirname(path) !== path) path = dirname(path)
  try {
    accessSync(path, constants.W_OK)
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
