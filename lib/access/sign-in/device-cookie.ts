import 'server-only'
import { createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'
import { DEVICE_LIFE_S } from '@/lib/access/cookies'
import { deriveKey, type Keys } from '@/lib/access/keys/master-key'
import { Secret } from '@/lib/access/keys/secret'

const SHAPE = /^([0-9]{10})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/

/**
 * Issues a cookie that says only that this person has signed in with this browser before. Its attempts are counted
 * separately, so guesses from elsewhere never lock the person out.
 */
export function issueDeviceCookie(master: KeyObject | Keys, email: string, nowS: number): Secret {
  const expires = String(nowS + DEVICE_LIFE_S)
  const nonce = randomBytes(16).toString('base64url')
  return new Secret(`${expires}.${nonce}.${sign(master, email, expires, nonce).toString('base64url')}`)
}

/**
 * Returns the name under which this device's attempts are counted. Null for a forged or expired cookie, or another
 * person's.
 */
export function readDeviceCookie(
  master: KeyObject | Keys,
  email: string,
  cookie: string | null,
  nowS: number,
): string | null {
  const [, expires = '', nonce = '', mac = ''] = SHAPE.exec(cookie ?? '') ?? []
  if (mac === '' || Number(expires) <= nowS) return null
  const expected = sign(master, email, expires, nonce)
  return timingSafeEqual(Buffer.from(mac, 'base64url'), expected) ? nonce : null
}

function sign(master: KeyObject | Keys, email: string, expires: string, nonce: string): Buffer {
  const bound = JSON.stringify([email, expires, nonce])
  return createHmac('sha256', deriveKey(master, 'device cookie')).update(bound).digest()
}
