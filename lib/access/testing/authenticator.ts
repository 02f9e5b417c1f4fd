import 'server-only'
import { Secret, TOTP } from 'otpauth'

/** An authenticator app: returns the code of a secret at a time, `steps` of 30 s later. */
export function codeAt(secret: string, nowMs: number, steps = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: nowMs + steps * 30_000 })
}
