import 'server-only'
import type { StatusReply } from '@/lib/contract/apps'
import { openAddress } from '@/lib/service/read/sealed-address'
import { getStatus } from '@/lib/service/system/get-status'
import { type Page, type PageResult, pageResult, type Search } from './page'

/** Reads the state of the app's calls, for administrators. */
export function readStatus(page: Page): Promise<PageResult<StatusReply>> {
  return pageResult(({ ctx }) => getStatus(ctx, page.scope('admin', {})))
}

/** Reads the UserID behind `?ref=` for the form that erases a user, for administrators; '' where there is none. */
export function readErasure(page: Page, { ref }: Search): Promise<PageResult<{ userId: string }>> {
  return pageResult(async ({ ctx }) => {
    const { app } = page.scope('admin', null)
    return { userId: typeof ref === 'string' ? (openAddress(ctx, app, 'user', ref) ?? '') : '' }
  })
}
