import 'server-only'
import { type ShareOwnersReply, type SharesReply, sharesQuery } from '@/lib/contract/shares/share'
import { listShareOwners } from '@/lib/service/shares/list-owners'
import { listShares } from '@/lib/service/shares/list-shares'
import { type Page, type PageResult, pageResult, type Search } from './page'

/** Reads a page of the shared links of an app and the people who can own them, for its administrators. */
export function readShares(
  page: Page,
  { cursor }: Search,
): Promise<PageResult<{ reply: SharesReply; owners: ShareOwnersReply['items'] }>> {
  return pageResult(async ({ ctx }) => {
    // Authorize before parsing, so that a person without access learns nothing from validation errors.
    const everyone = page.scope('admin', {})
    const query = sharesQuery.parse({ app: everyone.app.id, ...(cursor === undefined ? {} : { cursor }) })
    const [reply, { items }] = await Promise.all([
      listShares(ctx, page.principal, query),
      listShareOwners(ctx, everyone),
    ])
    return { reply, owners: items }
  })
}
