import 'server-only'
import { createHash, createHmac, type KeyObject } from 'node:crypto'
import { deriveKey, type KeyLabel, type Keys } from './master-key'
import type { Secret } from './secret'

type HashLabel = KeyLabel extends infer L ? (L extends `hash of ${infer Name}` ? Name : never) : never

/**
 * Returns a hash to find a row by, without storing the text. Without the master key, nobody can test guesses against
 * it.
 */
export function keyedHash(master: KeyObject | Keys, label: HashLabel, text: string): string {
  return createHmac('sha256', deriveKey(master, `hash of ${label}`))
    .update(text, 'utf8')
    .digest('base64url')
}

/** Returns eight hex digits by which people recognize an app's key. They don't reveal the key. */
export function fingerprint(master: KeyObject | Keys, secretKey: Secret): string {
  return createHmac('sha256', deriveKey(master, 'fingerprint')).update(secretKey.reveal()).digest('hex').slice(0, 8)
}

/** Hashes random texts of ours (session ids, tokens). They can't be guessed, so no key is needed. */
export function plainHash(random: string): string {
  return createHash('sha256').update(random).digest('hex')
}
