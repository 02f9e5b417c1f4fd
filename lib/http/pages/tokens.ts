import 'server-only'
import type { TokensReply } from '@/lib/contract/access/tokens'
import { listTokens } from '@/lib/service/tokens/list-tokens'
import { type Page, type PageResult, pageResult } from './page'

/** Reads the API tokens, for administrators of all apps. `nowMs` is when they were read. */
export function readTokens({ principal }: Page): Promise<PageResult<{ reply: TokensReply; nowMs: number }>> {
  return pageResult(async ({ ctx }) => ({ reply: await listTokens(ctx, principal), nowMs: ctx.clock.wallMs() }))
}
