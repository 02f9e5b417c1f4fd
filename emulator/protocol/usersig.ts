import { createHmac, timingSafeEqual } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { Refusal } from './answers'

interface Claims {
  identifier: string
  sdkAppId: number
  time: number
  expire: number
  sig: string
}

export interface Caller {
  identifier: string
  sdkAppId: number
  /** The app's secret key. */
  key: string
}

/**
 * Verifies a UserSig. Throws a refusal if it is damaged, signed with another key, expired, or issued to another caller.
 * `now` is in seconds. trtc.io/document/34385 describes the format.
 */
export function verify(userSig: string, caller: Caller, now: number): void {
  const claims = read(userSig)
  if (claims.sdkAppId !== caller.sdkAppId) throw new Refusal(70014)
  if (claims.identifier !== caller.identifier) throw new Refusal(70013)
  if (!sameBytes(Buffer.from(claims.sig, 'base64'), signature(claims, caller.key))) throw new Refusal(70009)
  if (claims.time + claims.expire <= now) throw new Refusal(70001)
}

function read(userSig: string): Claims {
  try {
    if (!/^[A-Za-z0-9*_-]+$/.test(userSig)) throw new Error('unexpected characters')
    const base64 = userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=')
    const text = inflateSync(Buffer.from(base64, 'base64'), { maxOutputLength: 10_000 }).toString('utf8')
    const fields: Record<string, unknown> = JSON.parse(text)
    return {
      identifier: string(fields['TLS.identifier']),
      sdkAppId: integer(fields['TLS.sdkappid']),
      time: integer(fields['TLS.time']),
      expire: integer(fields['TLS.expire']),
      sig: string(fields['TLS.sig']),
    }
  } catch {
    throw new Refusal(70003)
  }
}

function signature(claims: Claims, key: string): Buffer {
  const lines = [
    `TLS.identifier:${claims.identifier}`,
    `TLS.sdkappid:${claims.sdkAppId}`,
    `TLS.time:${claims.time}`,
    `TLS.expire:${claims.expire}`,
  ]
  return createHmac('sha256', key)
    .update(`${lines.join('\n')}\n`)
    .digest()
}

const sameBytes = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)

function string(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error('not a string')
  return value
}

function integer(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new Error('not an integer')
  return Number(value)
}
