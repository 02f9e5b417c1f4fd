import 'server-only'
import { savedViewHref } from '@/lib/contract/links'
import type { ViewReply } from '@/lib/contract/views/saved-views'
import type { ViewPage } from '@/lib/contract/views/view-pages'
import { iso } from '@/lib/report/range/iso-time'
import type { SavedView } from '@/lib/store/people/saved-views'

/** Returns a view as its person sees it; null if its app is not among `apps`, which the person may see. */
export function viewReplyOf(
  { id, name, appId, page, query, start, createdAt }: SavedView,
  apps: readonly { id: string; name: string }[],
): ViewReply | null {
  const app = apps.find((one) => one.id === appId)
  if (!app) return null
  // `saveView` alone writes the column, from this type.
  const shown = page as ViewPage
  const href = savedViewHref(apps.length > 1 ? appId : null, shown, query)
  return { id, name, app: { id: app.id, name: app.name }, page: shown, href, start, createdAt: iso(createdAt) }
}
