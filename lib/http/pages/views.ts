import 'server-only'
import { redirect } from 'next/navigation'
import type { ViewReply } from '@/lib/contract/views/saved-views'
import { getStartView, listViews } from '@/lib/service/views/list-views'
import { type Page, runningForPage, type Search } from './page'

/** Returns the person's views: those of the page's app, or with `everyApp` all. */
export async function readViews({ principal, app }: Page, { everyApp = false } = {}): Promise<ViewReply[]> {
  const { ctx } = await runningForPage()
  return (await listViews(ctx, principal, { app: everyApp ? undefined : app?.id })).items
}

/** Opens the person's start page where the address is `/` without a parameter. */
export async function openStartPage({ principal }: Page, search: Search): Promise<void> {
  if (Object.keys(search).length > 0) return
  const { ctx } = await runningForPage()
  const start = await getStartView(ctx, principal)
  if (start) redirect(start.href)
}
