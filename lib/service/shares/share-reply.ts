import 'server-only'
import { wallS } from '@/lib/access/deps'
import { contentOf, originsOf } from '@/lib/access/shares/content'
import { administers, ownerOf, stateOf } from '@/lib/access/shares/state'
import { DAY, SHARE_LIMITS } from '@/lib/contract/limits'
import type { ShareReply } from '@/lib/contract/shares/share'
import type { Context } from '@/lib/service/context'
import type { ShareRow } from '@/lib/store/people/shares'
import { unusualNetworks } from './unusual-networks'

export type ShareContext = Pick<Context, 'store' | 'clock'>

/** The log of openings covers this many whole weeks before the last 7 days. */
const EARLIER_WEEKS = Math.floor(SHARE_LIMITS.opens / 7) - 1

/** Returns links as administrators see them, with their states, owners and networks as of now. */
export async function shareReplies(ctx: ShareContext, rows: readonly ShareRow[]): Promise<ShareReply[]> {
  const nowS = wallS(ctx.clock)
  const ids = rows.map(({ id }) => id)
  const [isAdministered, nameOf, weeks] = await Promise.all([
    administered(ctx, rows, nowS),
    ownerNames(ctx),
    ctx.store.shares.networksPerWeek(ids, nowS),
  ])
  return rows.map((row) => ({
    id: row.id,
    app: row.app_id,
    name: row.name,
    content: contentOf(row),
    state: stateOf(row, nowS, isAdministered(row)),
    owner: { ...ownerOf(row.owner), name: nameOf(row.owner) },
    createdAt: isoOf(row.created_at),
    endsAt: isoOf(row.ends_at),
    revokedAt: row.revoked_at === null ? null : isoOf(row.revoked_at),
    hasPassword: row.password_hash !== null,
    origins: originsOf(row),
    picture: row.picture === 1,
    lastOpenedAt: row.last_opened_at === null ? null : isoOf(row.last_opened_at),
    opens: row.opens,
    networks: unusualNetworks(
      weeks.filter(({ share_id }) => share_id === row.id),
      Math.min(Math.floor((nowS - row.created_at) / (7 * DAY)), EARLIER_WEEKS),
    ),
    frozen: frozenOf(row),
  }))
}

/** Returns one link in the same way. */
export async function shareReply(ctx: ShareContext, row: ShareRow): Promise<ShareReply> {
  const [reply] = await shareReplies(ctx, [row])
  if (!reply) throw new Error('a link has a reply')
  return reply
}

/** Reads the grants of each owner once. */
async function administered({ store }: ShareContext, rows: readonly ShareRow[], nowS: number) {
  const keyOf = ({ owner, app_id }: ShareRow) => JSON.stringify([owner, app_id])
  const distinct = new Map(rows.map((row) => [keyOf(row), row]))
  const checked = [...distinct].map(
    async ([key, { owner, app_id }]) => [key, await administers(store, owner, app_id, nowS)] as const,
  )
  const known = new Map(await Promise.all(checked))
  return (row: ShareRow) => known.get(keyOf(row)) ?? false
}

async function ownerNames({ store }: ShareContext): Promise<(owner: string) => string | null> {
  const [people, tokens] = await Promise.all([store.people.names(), store.tokens.list()])
  const names = new Map<string, string>([
    ...people.map(({ id, name }) => [`person:${id}`, name] as const),
    ...tokens.map(({ id, name }) => [`token:${id}`, name] as const),
  ])
  return (owner) => names.get(owner) ?? null
}

function frozenOf({ frozen_at: at, sha256, bytes, erased_at }: ShareRow): ShareReply['frozen'] {
  if (at === null || sha256 === null || bytes === null) return null
  return { at: isoOf(at), sha256, bytes, erased: erased_at !== null }
}

function isoOf(epochS: number): string {
  return new Date(epochS * 1_000).toISOString()
}
