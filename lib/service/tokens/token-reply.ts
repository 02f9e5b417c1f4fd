import 'server-only'
import { appsOfToken, tokenState } from '@/lib/access/tokens'
import type { TokenReply } from '@/lib/contract/access/tokens'
import type { Role } from '@/lib/contract/roles'
import { iso } from '@/lib/report/range/iso-time'
import type { TokenRow } from '@/lib/store/people/tokens'

/** Returns a token as administrators see it. `names` are the creators' names, by `created_by`; `nowS` is real time. */
export function tokenReplyOf(row: TokenRow, names: ReadonlyMap<string, string>, nowS: number): TokenReply {
  const at = (seconds: number | null) => (seconds === null ? null : iso(seconds))
  return {
    id: row.id,
    name: row.name,
    state: tokenState(row, nowS),
    // `createToken` alone writes this column, from this type.
    role: row.role as Role,
    apps: appsOfToken(row),
    createdAt: iso(row.created_at),
    createdBy: creatorOf(row.created_by, names),
    expiresAt: at(row.expires_at),
    lastUsedAt: at(row.last_used_at),
    revokedAt: at(row.revoked_at),
  }
}

function creatorOf(createdBy: string, names: ReadonlyMap<string, string>): TokenReply['createdBy'] {
  if (createdBy.startsWith('person:')) return { kind: 'person', name: names.get(createdBy) ?? null }
  return { kind: createdBy === 'command line' ? 'command_line' : 'other', name: null }
}
