import 'server-only'
import { recordAudit } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import { wallS } from '@/lib/access/deps'
import type { KnownPrincipal } from '@/lib/access/principal'
import { administers } from '@/lib/access/shares/state'
import type { AuditAction } from '@/lib/contract/access/audit-actions'
import { PushlensError } from '@/lib/contract/errors'
import type { ChangeShareBody, ChangeShareQuery, ShareKey, ShareReply } from '@/lib/contract/shares/share'
import type { AppRow } from '@/lib/store/people/apps'
import type { ShareChange, ShareRow } from '@/lib/store/people/shares'
import { checkedEnd } from './create-share'
import { type ShareContext, shareReply } from './share-reply'

/**
 * Changes a link. A new end renews it at the same address, also after it has ended. Throws `not_found`, `conflict` for a
 * revoked link, `bad_request` for an end or an owner that cannot be, and `forbidden` for a token that hands a link over: the
 * link would outlive the token.
 */
export async function changeShare(ctx: ShareContext, scoped: Scoped<ChangeShareQuery>): Promise<ShareReply> {
  const { app, principal, query } = scoped
  const row = await shareOf(ctx, scoped)
  const nowS = wallS(ctx.clock)
  if (query.body.owner !== undefined) await checkOwner(ctx, { app, principal }, query.body.owner, nowS)
  if (!(await ctx.store.shares.change(row.id, changeOf(query.body, row, nowS)))) throw revoked()
  for (const [action, detail] of actionsOf(query.body)) {
    await recordAudit(ctx, { app, principal }, action, { share: row.id, ...detail })
  }
  return shareReply(ctx, await shareOf(ctx, scoped))
}

/** Revokes a link for good. A second call changes nothing. Throws `not_found`. */
export async function revokeShare(ctx: ShareContext, scoped: Scoped<ShareKey>): Promise<ShareReply> {
  const { app, principal } = scoped
  const { id } = await shareOf(ctx, scoped)
  const ended = await ctx.store.shares.revoke({ id }, wallS(ctx.clock))
  if (ended.length > 0) await recordAudit(ctx, { app, principal }, 'share.revoke', { share: id })
  return shareReply(ctx, await shareOf(ctx, scoped))
}

/** Returns a link of the app, also a revoked one. Throws `not_found`. */
export async function shareOf({ store }: ShareContext, { app, query }: Scoped<ShareKey>): Promise<ShareRow> {
  const row = await store.shares.byId(query.share)
  if (!row || row.app_id !== app.id) throw new PushlensError('not_found', 'the app has no such link')
  return row
}

async function checkOwner(
  { store }: ShareContext,
  { app, principal }: { app: AppRow; principal: KnownPrincipal },
  owner: string,
  nowS: number,
): Promise<void> {
  if (principal.kind !== 'person') throw new PushlensError('forbidden', 'only a person may hand a link over')
  if (await administers(store, `person:${owner}`, app.id, nowS)) return
  throw new PushlensError('bad_request', 'does not administer this app', 'owner')
}

function changeOf(body: ChangeShareBody, row: ShareRow, nowS: number): ShareChange {
  const { name, endsAt, paused, owner, origins, picture } = body
  return {
    ...(name !== undefined && { name }),
    ...(endsAt !== undefined && { ends_at: checkedEnd(endsAt, nowS) }),
    // Pausing again keeps the time of the first.
    ...(paused !== undefined && { paused_at: paused ? (row.paused_at ?? nowS) : null }),
    ...(owner !== undefined && { owner: `person:${owner}` }),
    ...(origins !== undefined && { origins: JSON.stringify([...new Set(origins)]) }),
    ...(picture !== undefined && { picture: picture ? 1 : 0 }),
  }
}

/** Returns one audit entry for each thing that a body changes. */
function actionsOf({ name, endsAt, paused, owner, origins, picture }: ChangeShareBody) {
  const edited = Object.entries({ name, origins, picture }).filter(([, value]) => value !== undefined)
  const actions: [AuditAction, Record<string, string>][] = []
  if (edited.length > 0) actions.push(['share.change', { fields: edited.map(([field]) => field).join(' ') }])
  if (endsAt !== undefined) actions.push(['share.renew', { endsAt: new Date(endsAt).toISOString() }])
  if (paused !== undefined) actions.push([paused ? 'share.pause' : 'share.resume', {}])
  if (owner !== undefined) actions.push(['share.hand_over', { person: owner }])
  return actions
}

function revoked(): PushlensError {
  return new PushlensError('conflict', 'the link was revoked')
}
