import 'server-only'
import type { TagFilter } from '@/lib/contract/campaigns/tag-filter'
import { type LossesQuery, type LossesReply, lossesQuery, type ReasonsReply, reasonsQuery } from '@/lib/contract/losses'
import type { Source } from '@/lib/contract/sources'
import { type ExampleTrace, getExampleTrace } from '@/lib/service/lookup/get-example-trace'
import { linkToUser } from '@/lib/service/lookup/link-to-user'
import { getLosses } from '@/lib/service/losses/get-losses'
import { resolveLosses } from '@/lib/service/read/resolve-question'
import { findReasons } from '@/lib/service/reasons/find-reasons'
import { type Page, type PageResult, pageResult, rangeQuery, type Search } from './page'
import { withTag } from './tag'

const MAX_CODE_LENGTH = 200

/** Reads the stored losses, with a comparison unless the address says otherwise. `pageKeys` are not part of the query. */
export function readLosses(
  page: Page,
  asked: Search,
  pageKeys: string[],
): Promise<PageResult<{ query: LossesQuery; reply: LossesReply; tag: TagFilter | null; nowMs: number }>> {
  return pageResult(async ({ ctx }) => {
    const { search, tag } = await withTag(page, ctx, asked)
    const scoped = page.scope('read', lossesQuery.parse(rangeQuery(page, search, ...pageKeys)))
    const question = resolveLosses(ctx, scoped, { withComparison: search.compare === undefined })
    const { query, nowS } = question.query
    return { query, reply: await getLosses(ctx, question, 0), tag, nowMs: nowS * 1_000 }
  })
}

/** Reads a stored look-up that ended with a code; null where there is none, or where the person may not look up. */
export async function readExample(page: Page, source: Source, code: string): Promise<ExampleTrace | null> {
  const found = await pageResult(({ ctx }) => getExampleTrace(ctx, page.scope('trace', { source, code })))
  return found && 'error' in found ? null : found
}

/** Returns the page of the user whom a number may name as well; null where it can't, or where the person may not look up. */
export async function readUserHref(page: Page, code: string): Promise<string | null> {
  const found = await pageResult(async ({ ctx }) => ({ href: await linkToUser(ctx, page.scope('trace', { code })) }))
  return 'error' in found ? null : found.href
}

/** Reads what a code or a text can mean. A code that is known exactly has only its own meanings; no code has none. */
export function readReasons(page: Page, text: string): Promise<PageResult<ReasonsReply>> {
  return pageResult(async ({ ctx }) => {
    if (text.trim() === '') return { items: [], next: null }
    const query = reasonsQuery.parse({ q: text.slice(0, MAX_CODE_LENGTH) })
    const found = await findReasons(ctx, page.principal, query)
    const exact = found.items.filter(({ code }) => code.toLowerCase() === text.trim().toLowerCase())
    return exact.length > 0 ? { ...found, items: exact } : found
  })
}
