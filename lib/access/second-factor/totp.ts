import 'server-only'
import { Secret as Seed, TOTP } from 'otpauth'

/** What every authenticator app supports: SHA-1, six digits, a new code every 30 s. */
const KIND = { algorithm: 'SHA1', digits: 6, period: 30 } as const
const SEED_BYTES = 20
/** Codes of one step before and after are accepted, for clocks that are up to half a minute off. */
const WINDOW = 1
const PERIOD_MS = KIND.period * 1_000
const SHAPE = /^\d{6}$/

/** Returns a new random secret in base32. */
export function newTotpSecret(): string {
  return new Seed({ size: SEED_BYTES }).base32
}

/** Returns the address in the QR code, from which an app reads the secret. `issuer` is the name that the app shows. */
export function totpUri(secret: string, { email, issuer }: { email: string; issuer: string }): string {
  return new TOTP({ ...KIND, issuer, label: email, secret: Seed.fromBase32(secret) }).toString()
}

/** Returns the step (30 s since 1970) whose code this is, or null. The caller must accept each step only once. */
export function stepOfCode(secret: string, code: string, nowMs: number): number | null {
  if (!SHAPE.test(code)) return null
  const totp = new TOTP({ ...KIND, secret: Seed.fromBase32(secret) })
  const delta = totp.validate({ token: code, timestamp: nowMs, window: WINDOW })
  return delta === null ? null : Math.floor(nowMs / PERIOD_MS) + delta
}
