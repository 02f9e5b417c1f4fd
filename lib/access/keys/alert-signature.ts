import 'server-only'
import { createHmac, type KeyObject } from 'node:crypto'
import { deriveKey } from './master-key'
import { Secret } from './secret'

/** What receivers of alerts check signatures with; it opens nothing else. */
export function alertSecret(master: KeyObject): Secret {
  return new Secret(deriveKey(master, 'alert signature').export().toString('hex'))
}

/** HMAC-SHA256 in hex, keyed with the text of `alertSecret`. */
export function signAlert(master: KeyObject, text: string): string {
  return createHmac('sha256', alertSecret(master).reveal()).update(text).digest('hex')
}
