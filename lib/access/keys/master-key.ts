import 'server-only'
import { createSecretKey, hkdfSync, KeyObject } from 'node:crypto'

export const KEY_BYTES = 32
const LEAST_DISTINCT_BYTES = 16

/** One label per use, so that no two uses share a key. A released label is never changed. */
export type KeyLabel =
  | 'key check'
  | 'installation key'
  | 'audit chain'
  | 'app keys'
  | 'person keys'
  | 'fingerprint'
  | 'device cookie'
  | 'next-auth'
  | 'alert signature'
  | 'share pass'
  | `hash of ${'trace' | 'person' | 'address' | 'account' | 'device' | 'setup' | 'share'}`

/** The keys of an installation, whose master key may change while the process runs. */
export interface Keys {
  derive(label: KeyLabel): KeyObject
}

/** Thrown for an unusable master key. The message reveals nothing of the key. The start ends with exit code 78. */
export class MasterKeyError extends Error {
  readonly exitCode = 78
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MasterKeyError'
  }
}

/** Parses 32 bytes in hex, base64 or base64url. Refuses other lengths, and bytes that don't look random. */
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

/** Random bytes are practically never all printable, of few values, or evenly spaced: the odds are below 1 in 10^12. */
function looksRandom(bytes: Buffer): boolean {
  const printable = bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
  const steps = new Set(bytes.subarray(1).map((byte, i) => byte - (bytes[i] ?? 0)))
  return !printable && new Set(bytes).size >= LEAST_DISTINCT_BYTES && steps.size > 2
}

/**
 * Derives a key by HKDF-SHA256, without salt, because the master key is already random. Derive it for each use: the keys of
 * a running installation may change.
 */
export function deriveKey(master: KeyObject | Keys, label: KeyLabel): KeyObject {
  if (!(master instanceof KeyObject)) return master.derive(label)
  return createSecretKey(Buffer.from(hkdfSync('sha256', master, '', `pushlens ${label} v1`, KEY_BYTES)))
}
