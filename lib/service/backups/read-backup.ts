import 'server-only'
import type { Readable } from 'node:stream'
import { recordAudit } from '@/lib/access/audit'
import { authorizeAdmin } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import { PushlensError } from '@/lib/contract/errors'
import type { BackupQuery } from '@/lib/contract/installation/backups'
import type { Context } from '@/lib/service/context'

/** Opens a backup for a download, after the audit has recorded who takes it. Throws `not_found`. */
export async function readBackup(
  ctx: Pick<Context, 'backups' | 'store' | 'clock'>,
  principal: Principal,
  { name }: BackupQuery,
): Promise<{ bytes: number; stream: Readable }> {
  const allowed = authorizeAdmin(principal, null)
  const found = await ctx.backups.read(name)
  if (!found) throw new PushlensError('not_found', 'no such backup')
  try {
    await recordAudit(ctx, { app: null, principal: allowed.principal }, 'backup.download', { name })
  } catch (error) {
    found.stream.destroy()
    throw error
  }
  return found
}
