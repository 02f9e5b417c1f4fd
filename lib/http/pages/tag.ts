import 'server-only'
import type { TagFilter } from '@/lib/contract/campaigns/tag-filter'
import { taskTag } from '@/lib/contract/tasks'
import type { Context } from '@/lib/service/context'
import { tasksOfTag } from '@/lib/service/tasks/tasks-of-tag'
import type { Page, Search } from './page'

/**
 * Replaces `tag` in the address of a report by the campaigns of the tag. The API knows only campaigns. `tag` is null where
 * the address has none. Throws `not_found` where no campaign has the tag.
 */
export async function withTag(
  page: Page,
  ctx: Context,
  search: Search,
): Promise<{ search: Search; tag: TagFilter | null }> {
  const { tag: given, ...rest } = search
  if (given === undefined) return { search, tag: null }
  const tag = taskTag.parse(given)
  const { taskIds, hasMore } = await tasksOfTag(ctx, page.scope('read', { tag }))
  return { search: { ...rest, source: 'task', task: taskIds.join(',') }, tag: { tag, n: taskIds.length, hasMore } }
}
