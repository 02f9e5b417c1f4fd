import 'server-only'
import { createHash, createHmac, type KeyObject } from 'node:crypto'
import { deriveKey, type KeyLabel } from './master-key'
import type { Secret } from './secret'

type HashLabel = KeyLabel extends infer L ? (L extends `hash of ${infer Name}` ? Name : never) : never

/** Finds a row without keeping the text in clear; without the master key nobody can test a guess against it. */
export function keyedHash(master: KeyObject, label: HashLabel, text: string): string {
  return createHmac('sha256', deriveKey(master, `hash of ${label}`))
    .update(text, 'utf8')
    .digest('base64url')
}

/** The first eight hex digits by which people recognise an app's key; one way. */
export function fingerprint(master: KeyObject, secretKey: Secret): string {
  return createHmac('sha256', deriveKey(master, 'fingerprint')).update(secretKey.reveal()).digest('hex').slice(0, 8)
}

/** For texts we drew at random ourselves (session ids, tokens): nothing to guess, so no key is needed. */
export function plainHash(random: string): string {
  return createHash('sha256').update(random).digest('hex')
}
