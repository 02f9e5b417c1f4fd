import 'server-only'
import { randomBytes, randomUUID } from 'node:crypto'
import type { Role } from '@/lib/contract/roles'
import type { TokenRow } from '@/lib/store/people/tokens'
import { type AccessDeps, wallS } from './deps'
import { plainHash } from './keys/keyed-hash'
import { Secret } from './keys/secret'
import { optionalWrite } from './optional-write'

const SHAPE = /^plk_[A-Za-z0-9_-]{43}$/
const USED_EVERY_S = 60

export interface NewToken {
  name: string
  role: Role
  /** An app's id, or '*' for all. */
  app: string
  /** Epoch seconds, or null for never. */
  expiresAt: number | null
  createdBy: string
}
type Deps = Pick<AccessDeps, 'tokens' | 'clock'>

/**
 * Creates a token and returns its text, once; only its hash is stored. The caller must have authorized an
 * administrator.
 */
export async function createToken(deps: Deps, token: NewToken): Promise<{ id: string; text: Secret }> {
  const text = `plk_${randomBytes(32).toString('base64url')}`
  const id = randomUUID()
  await deps.tokens.create({
    id,
    name: token.name,
    token_hash: plainHash(text),
    role: token.role,
    app_id: token.app,
    created_by: token.createdBy,
    created_at: wallS(deps.clock),
    expires_at: token.expiresAt,
    revoked_at: null,
    last_used_at: null,
  })
  return { id, text: new Secret(text) }
}

/** Returns the token of a text, or null if it is invalid, revoked or expired. */
export async function findToken(deps: Deps, text: string): Promise<TokenRow | null> {
  if (!SHAPE.test(text)) return null
  const token = await deps.tokens.byHash(plainHash(text))
  const nowS = wallS(deps.clock)
  if (!token || token.revoked_at !== null || (token.expires_at !== null && token.expires_at <= nowS)) return null
  if (token.last_used_at === null || nowS - token.last_used_at >= USED_EVERY_S)
    await optionalWrite(deps.tokens.touch(token.id, nowS))
  return token
}
