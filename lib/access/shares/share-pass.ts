import 'server-only'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AccessDeps } from '@/lib/access/deps'
import { deriveKey } from '@/lib/access/keys/master-key'
import { Secret } from '@/lib/access/keys/secret'
import type { ShareRow } from '@/lib/store/people/shares'

const LASTS_S = 3_600
const PASS = /^(\d{1,12})\.([\w-]{43})$/

type Keys = AccessDeps['master']
type Passworded = Pick<ShareRow, 'id' | 'password_hash'>

/**
 * Returns a pass for a link whose password was right. It is valid for an hour, for this link and this password alone. It
 * stores nothing, and opens nothing without the secret: each request checks the link again.
 */
export function issuePass(keys: Keys, share: Passworded, nowS: number): Secret {
  const endsAt = nowS + LASTS_S
  return new Secret(`${endsAt}.${signature(keys, share, endsAt)}`)
}

/** Returns whether a text is a pass of this link that has not ended. */
export function isPass(keys: Keys, text: string, share: Passworded, nowS: number): boolean {
  const [, end, given = ''] = PASS.exec(text.slice(0, 100)) ?? []
  const endsAt = Number(end ?? 0)
  const own = Buffer.from(signature(keys, share, endsAt))
  const other = Buffer.from(given)
  const isOurs = own.length === other.length && timingSafeEqual(own, other)
  return isOurs && nowS < endsAt && endsAt <= nowS + LASTS_S
}

function signature(keys: Keys, { id, password_hash }: Passworded, endsAt: number): string {
  const text = JSON.stringify([id, password_hash, endsAt])
  return createHmac('sha256', deriveKey(keys, 'share pass')).update(text).digest('base64url')
}
