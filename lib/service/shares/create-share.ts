import 'server-only'
import { actorOf, byOf, recordAuditAs } from '@/lib/access/audit'
import { authorize, type Scoped } from '@/lib/access/authorize'
import { wallS } from '@/lib/access/deps'
import { newSecret, newShareId } from '@/lib/access/shares/secret'
import { PushlensError } from '@/lib/contract/errors'
import { DAY, SHARE_LIMITS } from '@/lib/contract/limits'
import { shareHref } from '@/lib/contract/links'
import type { CreatedShareReply, CreateShareBody, ShareKind } from '@/lib/contract/shares/share'
import type { Context } from '@/lib/service/context'
import { settledContent, storedContentOf } from './share-content'
import { shareReply } from './share-reply'
import { type Frozen, freeze } from './view/freeze'

const NOTHING_FROZEN: Frozen = { text: '', sha256: '', people: [] }

/**
 * Creates a link and returns its whole address, once: only a hash of the secret is stored. It belongs to the person or token
 * that creates it, and ends when they no longer administer the app. Throws `bad_request` or `bad_range` for a scope or an
 * end that makes no sense, and what freezing throws.
 */
export async function createShare(
  ctx: Context,
  { app, principal, query }: Scoped<CreateShareBody>,
): Promise<CreatedShareReply> {
  const { store, clock } = ctx
  const nowS = wallS(clock)
  const content = settledContent(query.content, app, clock.dataS())
  const endsAt = endOf(query, nowS)
  const passwordHash = query.password === undefined ? null : await ctx.hashPassword(query.password)
  const isFrozen = content.kind !== 'live'
  const frozen = isFrozen ? await freeze(ctx, authorize(principal, 'admin', app, content)) : NOTHING_FROZEN
  const [id, secret] = [newShareId(), newSecret()]
  const row = {
    id,
    app_id: app.id,
    secret_hash: ctx.vault.hash('share', secret.reveal()),
    name: query.name,
    content: JSON.stringify(storedContentOf(content)),
    password_hash: passwordHash,
    origins: JSON.stringify([...new Set(query.origins)]),
    picture: query.picture ? 1 : 0,
    owner: actorOf(principal),
    created_at: nowS,
    ends_at: endsAt,
    ...(isFrozen ? { frozen: frozen.text, frozen_at: nowS, sha256: frozen.sha256 } : {}),
  }
  await store.shares.create(row, frozen.people)
  await recordCreated(ctx, { app, principal }, row, { kind: content.kind, person: frozen.people[0] ?? null })
  const stored = await store.shares.byId(id)
  if (!stored) throw new PushlensError('not_found', 'the app was removed at this moment')
  return { share: await shareReply(ctx, stored), url: new URL(shareHref(id, secret.reveal()), ctx.publicUrl).href }
}

/** A frozen look-up is recorded with the person whom it is about, as look-ups are: by a keyed hash. */
function recordCreated(
  { store, clock }: Context,
  { app, principal }: Pick<Scoped<unknown>, 'app' | 'principal'>,
  { id, password_hash, ends_at }: { id: string; password_hash: string | null; ends_at: number },
  { kind, person }: { kind: ShareKind; person: string | null },
): Promise<void> {
  const detail = { share: id, kind, password: password_hash !== null, endsAt: new Date(ends_at * 1_000).toISOString() }
  const what = { action: 'share.create' as const, appId: app.id, subjectHash: person, detail }
  return recordAuditAs({ audit: store.audit, clock }, { ...byOf(principal), ...what })
}

function endOf({ endsAt, content }: CreateShareBody, nowS: number): number {
  if (endsAt !== undefined) return checkedEnd(endsAt, nowS)
  return nowS + (content.kind === 'lookup' ? SHARE_LIMITS.lookup : SHARE_LIMITS.usual) * DAY
}

/** Returns an end in epoch seconds. Throws `bad_request` for one that has passed or is too far away. */
export function checkedEnd(endsAt: string, nowS: number): number {
  const at = Math.floor(Date.parse(endsAt) / 1_000)
  if (at <= nowS) throw new PushlensError('bad_request', 'has passed', 'endsAt')
  if (at > nowS + SHARE_LIMITS.days * DAY)
    throw new PushlensError('bad_request', `is more than ${SHARE_LIMITS.days} days ahead`, 'endsAt')
  return at
}
