import 'server-only'
import { type UserReply, userQuery } from '@/lib/contract/users'
import { openAddress } from '@/lib/service/read/sealed-address'
import { getUser } from '@/lib/service/users/get-user'
import { type Page, type Read, read, type Search, scope } from './page'

/** What is known of a user as it is held: starts what is missing, waits for nothing. */
export function readUser(
  page: Page,
  ref: string,
  { since }: Search,
): Promise<Read<{ since: string | undefined; reply: UserReply }>> {
  return read(async (running) => {
    await scope(running, page, 'trace', null)
    const query = userQuery.parse({ ref, ...(since ? { since } : {}) })
    return { since: query.since, reply: await getUser(running.ctx, await scope(running, page, 'trace', query), 0) }
  })
}

/** Whose data may be about to be erased: the UserID behind `?ref=`, or ''. For administrators. */
export function readErasure(page: Page, { ref }: Search): Promise<Read<{ userId: string }>> {
  return read(async (running) => {
    const { app } = await scope(running, page, 'admin', null)
    return { userId: typeof ref === 'string' ? (openAddress(running.ctx, app, 'user', ref) ?? '') : '' }
  })
}
