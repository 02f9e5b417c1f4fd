import 'server-only'
import { authorize, authorizeAdmin } from '@/lib/access/authorize'
import type { AppReply, StatusReply } from '@/lib/contract/apps'
import { listApps } from '@/lib/service/apps/list-apps'
import { managedApp } from '@/lib/service/read/app-reply'
import { getStatus } from '@/lib/service/system/get-status'
import { type Page, type PageResult, pageResult, type Search } from './page'

/** Reads all apps, drafts too, for administrators of all apps. */
export function readApps({ principal }: Page): Promise<PageResult<{ items: AppReply[] }>> {
  return pageResult(({ ctx }) => listApps(ctx, authorizeAdmin(principal, null).principal))
}

/** Reads the app of `?draft=` whose connection was begun; null without one, or when it is connected by now. */
export function readDraft({ principal }: Page, { draft }: Search): Promise<PageResult<{ draft: AppReply | null }>> {
  return pageResult(async ({ ctx }) => {
    authorizeAdmin(principal, null)
    const found = typeof draft === 'string' ? await ctx.store.apps.get(draft) : null
    if (!found?.draft) return { draft: null }
    const { app, role } = authorize(principal, 'admin', found, null)
    return { draft: managedApp(ctx, app, role) }
  })
}

/** Reads the settings of the page's app and the numbers of vendors that Tencent does not name, for its administrators. */
export function readAppSettings(page: Page): Promise<PageResult<{ app: AppReply; unnamed: string[] }>> {
  return pageResult(async ({ ctx }) => {
    const { app, role } = page.scope('admin', null)
    return { app: managedApp(ctx, app, role), unnamed: await ctx.store.apps.unnamedVendors(app.id) }
  })
}

/** Reads how far the first fill of the page's app is, and a demo that can be removed now. */
export function readFirstFill(page: Page): Promise<PageResult<{ status: StatusReply; demo: AppReply | null }>> {
  return pageResult(async ({ ctx }) => ({
    status: await getStatus(ctx, page.scope('admin', {})),
    demo: page.apps.find(({ demo, role, id }) => demo && role === 'admin' && id !== page.app?.id) ?? null,
  }))
}
