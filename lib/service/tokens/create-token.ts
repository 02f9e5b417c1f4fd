import 'server-only'
import { byOf } from '@/lib/access/audit'
import { authorizeAdmin } from '@/lib/access/authorize'
import { wallS } from '@/lib/access/deps'
import type { Principal } from '@/lib/access/principal'
import { createToken } from '@/lib/access/tokens'
import type { CreatedTokenReply, TokenBody } from '@/lib/contract/access/tokens'
import { PushlensError } from '@/lib/contract/errors'
import { DAY } from '@/lib/contract/limits'
import { EVERY_APP } from '@/lib/contract/roles'
import type { Context } from '@/lib/service/context'
import { tokenReplyOf } from './token-reply'

/**
 * Creates an API token and returns its text, which is never shown again. Throws `forbidden` for a token, because a stolen
 * one could otherwise outlive its own end, and `not_found` for an app that does not exist.
 */
export async function createApiToken(
  { store, clock }: Context,
  principal: Principal,
  { name, role, apps, expiresInDays }: TokenBody,
): Promise<CreatedTokenReply> {
  const { principal: creator } = authorizeAdmin(principal, null)
  if (creator.kind !== 'person') throw new PushlensError('forbidden', 'only a person may create tokens')
  await requireApps(store, apps)
  const nowS = wallS(clock)
  const expiresAt = expiresInDays === null ? null : nowS + expiresInDays * DAY
  const deps = { tokens: store.tokens, audit: store.audit, clock }
  const { row, text } = await createToken(deps, { name, role, apps, expiresAt, by: byOf(creator) })
  return { ...tokenReplyOf(row, new Map([[row.created_by, creator.name]]), nowS), token: text.reveal() }
}

async function requireApps(store: Context['store'], apps: string[]): Promise<void> {
  if (apps.includes(EVERY_APP)) return
  const known = new Set((await store.apps.list()).map(({ id }) => id))
  const unknown = apps.find((id) => !known.has(id))
  if (unknown !== undefined) throw new PushlensError('not_found', `there is no app ${unknown}`, 'apps')
}
