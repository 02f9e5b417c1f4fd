import 'server-only'
import type { Readable } from 'node:stream'

/** Scheduled copies are deleted when they are old; copies that a person made stay. */
export type BackupOrigin = 'schedule' | 'person'

export interface BackupFile {
  name: string
  /** When the copy was begun, in epoch seconds. */
  at: number
  bytes: number
  origin: BackupOrigin
}

/** A place for backups. Errors of the place itself are thrown as they are. */
export interface BackupTarget {
  /** What people read: a folder, or `s3://bucket/prefix`. */
  label: string
  /** Returns the backups there, newest first. Other files are not listed. */
  list(): Promise<BackupFile[]>
  /** Moves a complete local file there. */
  put(file: string, name: string): Promise<void>
  /** Returns null if it does not exist. */
  read(name: string): Promise<{ bytes: number; stream: Readable } | null>
  /** Returns false if it does not exist. */
  remove(name: string): Promise<boolean>
}

const NAME = /^pushlens-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(-manual)?\.db$/

/** Returns a name such as `pushlens-20261121T063000Z.db`, which sorts by time and is valid everywhere. */
export function backupName(nowMs: number, origin: BackupOrigin): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '')
  return `pushlens-${stamp}${origin === 'person' ? '-manual' : ''}.db`
}

/** Returns what the name of a backup says; null for every other name. */
export function parseBackupName(name: string): Pick<BackupFile, 'at' | 'origin'> | null {
  const [, year, month, day, hour, minute, second, manual] = NAME.exec(name) ?? []
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(atMs) ? null : { at: atMs / 1_000, origin: manual ? 'person' : 'schedule' }
}

/** Sorts by time, newest first. */
export const newestFirst = (a: BackupFile, b: BackupFile) => b.at - a.at || (a.name < b.name ? 1 : -1)
