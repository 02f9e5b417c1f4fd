import 'server-only'
import { actorOf } from '@/lib/access/audit'
import type { Administrator } from '@/lib/access/authorize'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { sessionActivity } from '@/lib/access/sessions'
import type { PersonReply } from '@/lib/contract/access/people'
import type { TokenRow } from '@/lib/store/people/tokens'
import { creatorNames, grantFields, isoOf } from './person'

type Deps = Pick<AccessDeps, 'people' | 'sessions' | 'shares' | 'tokens' | 'clock'>

/** Returns everybody with their roles, by e-mail address. The proof is required: only administrators may read this. */
export async function listPeople(deps: Deps, _by: Administrator): Promise<{ items: PersonReply[]; next: null }> {
  const nowS = wallS(deps.clock)
  const [rows, activity, tokens, shares] = await Promise.all([
    deps.people.list(),
    sessionActivity(deps),
    deps.tokens.list(),
    deps.shares.countByOwner(nowS),
  ])
  const items = rows.map((row): PersonReply => {
    const seen = activity.get(row.id)
    return {
      id: row.id,
      email: row.email,
      name: row.name,
      grants: grantFields(row.grants),
      createdAt: isoOf(row.created_at),
      secondFactor: row.totp_sealed !== null,
      disabledAt: row.disabled_at === null ? null : isoOf(row.disabled_at),
      lastSeenAt: seen ? isoOf(seen.seenAt) : null,
      sessions: seen?.active ?? 0,
      tokens: tokens.filter((token) => isActive(token, nowS) && creatorNames(row.id).includes(token.created_by)).length,
      shares: shares.get(actorOf({ kind: 'person', id: row.id })) ?? 0,
    }
  })
  return { items, next: null }
}

function isActive({ revoked_at, expires_at }: TokenRow, nowS: number): boolean {
  return revoked_at === null && (expires_at === null || expires_at > nowS)
}
