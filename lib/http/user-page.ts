import 'server-only'
import { type UserReply, userQuery } from '@/lib/contract/users'
import { getUser } from '@/lib/service/get-user'
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
