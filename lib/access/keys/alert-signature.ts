import 'server-only'
import { createHmac, type KeyObject } from 'node:crypto'
import { deriveKey, type Keys } from './master-key'
import { Secret } from './secret'

/** Returns the secret with which receivers check alert signatures. It has no other use. */
export function alertSecret(master: KeyObject | Keys): Secret {
  return new Secret(deriveKey(master, 'alert signature').export().toString('hex'))
}

/** Returns HMAC-SHA256 in hex, keyed with the text of `alertSecret`. */
export function signAlert(master: KeyObject | Keys, text: string): string {
  return createHmac('sha256', alertSecret(master).reveal()).update(text).digest('hex')
}
