import 'server-only'
import { recordAudit } from '@/lib/access/audit'
import { authorizeAdmin } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import { PushlensError } from '@/lib/contract/errors'
import type { BackupQuery, BackupsReply } from '@/lib/contract/installation/backups'
import type { Context } from '@/lib/service/context'
import { listBackups } from './list-backups'

/** Makes a backup now and returns all. Throws `conflict` while one is being made, and with PostgreSQL. */
export async function createBackup(ctx: Context, principal: Principal): Promise<BackupsReply> {
  const allowed = authorizeAdmin(principal, null)
  const { name } = await ctx.backups.make('person')
  await recordAudit(ctx, { app: null, principal: allowed.principal }, 'backup', { name })
  return listBackups(ctx, principal)
}

/** Deletes a backup and returns the others. Throws `not_found`. */
export async function removeBackup(ctx: Context, principal: Principal, { name }: BackupQuery): Promise<BackupsReply> {
  const allowed = authorizeAdmin(principal, null)
  if (!(await ctx.backups.remove(name))) throw new PushlensError('not_found', 'no such backup')
  await recordAudit(ctx, { app: null, principal: allowed.principal }, 'backup.delete', { name })
  return listBackups(ctx, principal)
}
