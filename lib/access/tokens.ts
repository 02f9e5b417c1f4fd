import 'server-only'
import { randomBytes, randomUUID } from 'node:crypto'
import type { Role } from '@/lib/contract/roles'
import type { TokenRow } from '@/lib/store/people/tokens'
import { type By, recordAuditAs } from './audit'
import { type AccessDeps, wallS } from './deps'
import { plainHash } from './keys/keyed-hash'
import { Secret } from './keys/secret'
import { optionalWrite } from './optional-write'

const SHAPE = /^plk_[A-Za-z0-9_-]{43}$/
const USED_EVERY_S = 60

export interface NewToken {
  name: string
  role: Role
  /** App IDs, or only '*' for every app. */
  apps: readonly string[]
  /** Epoch seconds, or null for never. */
  expiresAt: number | null
  by: By
}
type Deps = Pick<AccessDeps, 'tokens' | 'clock'>
type ChangeDeps = Deps & Pick<AccessDeps, 'audit'>

/**
 * Creates a token, records it in the audit and returns its text, once; only its hash is stored. The caller must have
 * authorized an administrator.
 */
export async function createToken(deps: ChangeDeps, token: NewToken): Promise<{ row: TokenRow; text: Secret }> {
  const text = `plk_${randomBytes(32).toString('base64url')}`
  const row: TokenRow = {
    id: randomUUID(),
    name: token.name,
    token_hash: plainHash(text),
    role: token.role,
    apps: JSON.stringify(token.apps),
    created_by: token.by.actor,
    created_at: wallS(deps.clock),
    expires_at: token.expiresAt,
    revoked_at: null,
    last_used_at: null,
  }
  await deps.tokens.create(row)
  const detail = { token: row.id, role: row.role, apps: token.apps.join(' '), expiresAt: row.expires_at }
  await recordAuditAs(deps, { ...token.by, action: 'token.create', detail })
  return { row, text: new Secret(text) }
}

/**
 * Revokes a token from the next request on, and records it in the audit. A second call changes nothing. Returns null for
 * an unknown ID.
 */
export async function revokeToken(deps: ChangeDeps, id: string, by: By): Promise<TokenRow | null> {
  const ended = await deps.tokens.revoke(id, wallS(deps.clock))
  if (ended) await recordAuditAs(deps, { ...by, action: 'token.revoke', detail: { token: id } })
  return deps.tokens.byId(id)
}

/** Returns the token of a text, or null if it is invalid, revoked or expired. */
export async function findToken(deps: Deps, text: string): Promise<TokenRow | null> {
  if (!SHAPE.test(text)) return null
  const token = await deps.tokens.byHash(plainHash(text))
  const nowS = wallS(deps.clock)
  if (!token || tokenState(token, nowS) !== 'active') return null
  if (token.last_used_at === null || nowS - token.last_used_at >= USED_EVERY_S)
    await optionalWrite(deps.tokens.touch(token.id, nowS))
  return token
}

/** Returns whether a token works at `nowS`, in epoch seconds. The expiry is the first second at which it does not. */
export function tokenState(token: TokenRow, nowS: number): 'active' | 'expired' | 'revoked' {
  if (token.revoked_at !== null) return 'revoked'
  return token.expires_at !== null && token.expires_at <= nowS ? 'expired' : 'active'
}

/** Returns the app IDs of a token. `createToken` alone writes this column. */
export function appsOfToken({ apps }: TokenRow): string[] {
  return JSON.parse(apps) as string[]
}
