import 'server-only'
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { AccessDeps } from '@/lib/access/deps'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import { Secret } from '@/lib/access/keys/secret'

const SECRET = /^[A-Za-z0-9_-]{43}$/
const ID_BYTES = 16
const SECRET_BYTES = 32

type Keys = AccessDeps['master']

/** Returns the public ID of a new link. It opens nothing by itself. */
export function newShareId(): string {
  return randomBytes(ID_BYTES).toString('base64url')
}

/** Returns the secret of a new link, which stands behind the `#` of its address. Only its hash is stored. */
export function newSecret(): Secret {
  return new Secret(randomBytes(SECRET_BYTES).toString('base64url'))
}

/**
 * Returns the hash by which the secret of a link is stored: an HMAC, so that a copy of the database alone proves no secret.
 * It survives a rotation of the master key, because its key derives from the installation key.
 */
export function hashSecret(keys: Keys, secret: string): string {
  return keyedHash(keys, 'share', secret)
}

/**
 * Returns whether a text is the secret with this hash, in the same time for every text. A null hash (no such link) takes as
 * long and returns false.
 */
export function isSecret(keys: Keys, text: string, hash: string | null): boolean {
  const looksRight = SECRET.test(text)
  const given = Buffer.from(hashSecret(keys, looksRight ? text : ''))
  const stored = Buffer.from(hash ?? hashSecret(keys, 'no link'))
  return given.length === stored.length && timingSafeEqual(given, stored) && looksRight && hash !== null
}
