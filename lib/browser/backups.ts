import type { BackupsReply } from '@/lib/contract/installation/backups'
import { api, post } from './api'

const BACKUPS = '/api/v1/backups'

/** Makes a backup now, and returns all. */
export function createBackup(): Promise<BackupsReply> {
  return post<BackupsReply>(BACKUPS, {})
}

/** Deletes a backup, and returns the others. */
export function removeBackup(name: string): Promise<BackupsReply> {
  return api<BackupsReply>(`${BACKUPS}/${encodeURIComponent(name)}`, { method: 'DELETE' })
}
