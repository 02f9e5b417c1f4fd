import 'server-only'
import { createHash } from 'node:crypto'
import type { Scoped } from '@/lib/access/authorize'
import { clampToScope } from '@/lib/access/shares/clamp-to-scope'
import { canonicalJson, type FrozenDocument, frozenDocument } from '@/lib/contract/shares/frozen'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { FrozenContent } from '@/lib/contract/shares/share'
import { type SharedView, type ShareQuery, shareQuery } from '@/lib/contract/shares/view'
import { iso } from '@/lib/report/range/iso-time'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import { sharedLookup } from './shared-lookup'
import { viewShare } from './view-share'

/** What a frozen link keeps. */
export interface Frozen {
  /** The JSON text that the link shows from now on, byte for byte. */
  text: string
  /** SHA-256 of the text, in hex. */
  sha256: string
  /** Keyed hashes of the people whom it is about, as in stored look-ups. */
  people: string[]
}

/** The pages of so many campaigns are kept, the newest. The list has all of them. */
const CAMPAIGN_PAGES = 50

/**
 * Writes down what a frozen link shows: every page of its scope, or one stored look-up. The range of its scope is fixed, and
 * its viewer cannot move it. The exact windows that it was made from are kept for good. Requests nothing. The principal
 * administers the app. Throws `not_found` for a look-up that is not stored.
 */
export async function freeze(ctx: Context, { app, query: content }: Scoped<FrozenContent>): Promise<Frozen> {
  const about = { app: { name: app.name, demo: app.demo }, at: iso(ctx.clock.dataS()), erased: false }
  if (content.kind === 'lookup') {
    const { trace, people } = await sharedLookup(ctx, { app, ...content.lookup })
    const views: SharedView[] = [{ page: 'lookup', trace }]
    return { ...written({ ...about, kind: 'lookup', scope: null, views }), people }
  }
  const { scope } = content
  const views = await pagesOf(ctx, app, scope)
  return { ...written({ ...about, kind: 'frozen', scope, views }), people: [] }
}

async function pagesOf(ctx: Context, app: AppRow, scope: ShareScope): Promise<SharedView[]> {
  const nowS = ctx.clock.dataS()
  const read = async (query: Partial<ShareQuery>) => {
    const shared = await clampToScope(ctx, { id: 'frozen', app, scope }, shareQuery.parse(query), nowS)
    const { from, to } = shared.question.range
    await ctx.store.windows.keep({ appId: app.id, source: scope.source, from, to })
    return viewShare(ctx, shared)
  }
  const views: SharedView[] = []
  // A copy has no other buckets to choose, so it keeps days.
  for (const page of scope.pages) views.push(await read({ page, interval: 'day', compare: 'previous' }))
  const list = views.find((view) => view.page === 'campaigns')
  const ids = list?.page === 'campaigns' ? list.campaigns.items.map(({ taskId }) => taskId) : []
  for (const campaign of ids.slice(0, CAMPAIGN_PAGES)) views.push(await read({ page: 'campaign', campaign }))
  return views
}

function written(document: FrozenDocument): Pick<Frozen, 'text' | 'sha256'> {
  const text = canonicalJson(frozenDocument.parse(document))
  return { text, sha256: createHash('sha256').update(text).digest('hex') }
}
