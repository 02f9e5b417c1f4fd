import 'server-only'
import { byOf } from '@/lib/access/audit'
import { authorizeAdmin } from '@/lib/access/authorize'
import { wallS } from '@/lib/access/deps'
import type { Principal } from '@/lib/access/principal'
import { revokeToken } from '@/lib/access/tokens'
import type { TokenKey, TokenReply } from '@/lib/contract/access/tokens'
import { PushlensError } from '@/lib/contract/errors'
import type { Context } from '@/lib/service/context'
import { tokenReplyOf } from './token-reply'

/** Revokes an API token from the next request on. Again is no error. Throws `not_found` for an unknown one. */
export async function revokeApiToken(
  { store, clock }: Context,
  principal: Principal,
  { id }: TokenKey,
): Promise<TokenReply> {
  const { principal: admin } = authorizeAdmin(principal, null)
  const row = await revokeToken({ tokens: store.tokens, audit: store.audit, clock }, id, byOf(admin))
  if (!row) throw new PushlensError('not_found', 'there is no such token')
  return tokenReplyOf(row, await store.tokens.creatorNames(), wallS(clock))
}
