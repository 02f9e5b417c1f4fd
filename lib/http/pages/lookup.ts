import 'server-only'
import { redirect } from 'next/navigation'
import { userHref } from '@/lib/contract/links'
import type { LookupView } from '@/lib/contract/lookup-text'
import { type UserReply, userQuery } from '@/lib/contract/users'
import { linkToLookup } from '@/lib/service/lookup/link-to-lookup'
import { lookUp } from '@/lib/service/lookup/look-up'
import { openLookup, recogniseText } from '@/lib/service/read/sealed-lookup'
import { getUser } from '@/lib/service/users/get-user'
import { type Page, type PageResult, pageResult, type Search } from './page'

/** Reads the look-up that the address asks for, as far as it is stored; null where it asks for nothing. */
export function readLookup(page: Page, search: Search): Promise<PageResult<LookupView | null>> {
  return pageResult(async ({ ctx }) => {
    const { app } = page.scope('trace', null)
    const text = textOf(search)
    // Without scripts the search box arrives here. An address that names a person is left at once, so that it is not stored.
    if (search.q !== undefined || search.userId !== undefined) {
      redirect((await linkToLookup(ctx, page.scope('trace', { text }))).href)
    }
    const [sealed] = valuesOf(search, 'k')
    const state =
      sealed === undefined ? (text === '' ? null : recogniseText(ctx, app, text)) : openLookup(ctx, app, sealed)
    if (!state || !('text' in state)) return null
    return lookUp(ctx, page.scope('trace', { state, anyway: search.anyway === '1', foreign: !page.ownVisit }))
  })
}

/**
 * Reads what is stored about a user. Requests what is missing, but does not wait. After a link of another site it reads
 * nothing and returns the address to press.
 */
export function readUser(
  page: Page,
  ref: string,
  { app, since }: Search,
): Promise<PageResult<{ press: string } | { since: string | undefined; reply: UserReply }>> {
  return pageResult(async ({ ctx }) => {
    // Authorize before parsing, so that a person without access learns nothing from validation errors.
    page.scope('trace', null)
    const query = userQuery.parse({ ref, ...(since ? { since } : {}) })
    if (!page.ownVisit) return { press: userHref(typeof app === 'string' ? app : null, ref, query.since) }
    return { since: query.since, reply: await getUser(ctx, page.scope('trace', query), 0) }
  })
}

function textOf(search: Search): string {
  const labelled = (name: string, label: string) => valuesOf(search, name).map((value) => `${label}: "${value}"`)
  return [
    ...valuesOf(search, 'q'),
    ...labelled('pushId', 'PushID'),
    ...labelled('taskId', 'TaskID'),
    ...labelled('userId', 'UserID'),
  ].join('\n')
}

function valuesOf(search: Search, name: string): string[] {
  return [search[name] ?? []].flat().filter((value) => value.trim() !== '')
}
