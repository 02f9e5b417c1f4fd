import 'server-only'
import { authorizeAdmin } from '@/lib/access/authorize'
import { wallS } from '@/lib/access/deps'
import type { Principal } from '@/lib/access/principal'
import type { TokensReply } from '@/lib/contract/access/tokens'
import type { Context } from '@/lib/service/context'
import { tokenReplyOf } from './token-reply'

/** Returns every API token, newest first, including ended ones. Throws `not_signed_in` or `forbidden`. */
export async function listTokens({ store, clock }: Context, principal: Principal): Promise<TokensReply> {
  authorizeAdmin(principal, null)
  const [rows, names] = await Promise.all([store.tokens.list(), store.tokens.creatorNames()])
  const nowS = wallS(clock)
  return { items: rows.map((row) => tokenReplyOf(row, names, nowS)), next: null }
}
