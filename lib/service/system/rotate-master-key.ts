import 'server-only'
import { recordAudit } from '@/lib/access/audit'
import { authorizeAdmin } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import type { MasterKeyReply } from '@/lib/contract/access/master-key'
import type { Context } from '@/lib/service/context'

/** Returns what is known about the master key, for administrators of all apps. */
export async function getMasterKey({ keyRotation }: Context, principal: Principal): Promise<MasterKeyReply> {
  authorizeAdmin(principal, null)
  const { rotatedAt, ...state } = await keyRotation.state()
  return { ...state, rotatedAt: rotatedAt === null ? null : new Date(rotatedAt * 1_000).toISOString() }
}

/** Replaces the master key while everything serves on. Throws `conflict` if NEW_MASTER_KEY is needed and absent. */
export async function rotateMasterKey(ctx: Context, principal: Principal): Promise<MasterKeyReply> {
  const allowed = authorizeAdmin(principal, null)
  await ctx.keyRotation.rotate()
  await recordAudit(ctx, { app: null, principal: allowed.principal }, 'key.rotate')
  return getMasterKey(ctx, principal)
}
