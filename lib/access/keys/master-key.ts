import 'server-only'
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

export const KEY_BYTES = 32
const LEAST_DISTINCT_BYTES = 16

/** One label per use, so that no two uses ever share a key. A label that has landed is never changed. */
export type KeyLabel =
  | 'key check'
  | 'app keys'
  | 'fingerprint'
  | 'device cookie'
  | 'next-auth'
  | 'alert signature'
  | `hash of ${'trace' | 'person' | 'address' | 'account' | 'device' | 'setup'}`

/** A master key that cannot be used. Never says anything of the key; the start ends with 78 (sysexits: configuration error). */
export class MasterKeyError extends Error {
  readonly exitCode = 78
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MasterKeyError'
  }
}

/** Reads 32 bytes in hex or base64 (also base64url). Refuses other lengths and bytes that nobody drew at random. */
export function parseMasterKey(text: string): KeyObject {
  const bytes = decode(text.trim())
  if (bytes?.length !== KEY_BYTES) {
    throw new MasterKeyError('MASTER_KEY must be 32 bytes in base64 or hex: openssl rand -base64 32 prints one')
  }
  if (!looksRandom(bytes)) {
    throw new MasterKeyError('MASTER_KEY is a well-known or guessable key: openssl rand -base64 32 prints a random one')
  }
  return createSecretKey(bytes)
}

function decode(text: string): Buffer | null {
  if (/^[0-9a-f]+$/i.test(text) && text.length === 2 * KEY_BYTES) return Buffer.from(text, 'hex')
  return /^[A-Za-z0-9+/_-]{1,64}={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null
}

/** Random bytes are never all printable, never few, never evenly spaced: the odds are below one in a million million. */
function looksRandom(bytes: Buffer): boolean {
  const printable = bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
  const steps = new Set(bytes.subarray(1).map((byte, i) => byte - (bytes[i] ?? 0)))
  return !printable && new Set(bytes).size >= LEAST_DISTINCT_BYTES && steps.size > 2
}

/** HKDF-SHA256 without salt: the master key is already random. */
export function deriveKey(master: KeyObject, label: KeyLabel): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', master, '', `pushlens ${label} v1`, KEY_BYTES)))
}
