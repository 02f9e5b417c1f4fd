import 'server-only'
import { untrustedProxyAt } from '@/lib/access/untrusted-proxy'
import type { MasterKeyReply } from '@/lib/contract/access/master-key'
import type { StatusReply } from '@/lib/contract/apps'
import type { BackupsReply } from '@/lib/contract/installation/backups'
import { listBackups } from '@/lib/service/backups/list-backups'
import { openAddress } from '@/lib/service/read/sealed-address'
import { getStatus } from '@/lib/service/system/get-status'
import { getMasterKey } from '@/lib/service/system/rotate-master-key'
import { type Page, type PageResult, pageResult, runningForPage, type Search } from './page'

/** Reads the state of the app's calls, for administrators. */
export function readStatus(page: Page): Promise<PageResult<StatusReply>> {
  return pageResult(({ ctx }) => getStatus(ctx, page.scope('admin', {})))
}

/** Reads what is known about the master key; null for people who do not administer all apps. */
export async function readMasterKey(page: Page): Promise<MasterKeyReply | null> {
  if (!page.administersAll) return null
  const { ctx } = await runningForPage()
  return getMasterKey(ctx, page.principal)
}

/** Reads the backups; null for people who do not administer all apps. */
export async function readBackups(page: Page): Promise<BackupsReply | null> {
  if (!page.administersAll) return null
  const { ctx } = await runningForPage()
  return listBackups(ctx, page.principal)
}

/** Returns when an untrusted X-Forwarded-For header last arrived, as ISO 8601; null if not within a day. */
export async function readUntrustedProxy(): Promise<string | null> {
  const { access } = await runningForPage()
  const at = await untrustedProxyAt(access)
  return at === null ? null : new Date(at * 1_000).toISOString()
}

/** Reads the UserID behind `?ref=` for the form that erases a user, for administrators; '' where there is none. */
export function readErasure(page: Page, { ref }: Search): Promise<PageResult<{ userId: string }>> {
  return pageResult(async ({ ctx }) => {
    const { app } = page.scope('admin', null)
    return { userId: typeof ref === 'string' ? (openAddress(ctx, app, 'user', ref) ?? '') : '' }
  })
}
