import 'server-only'
import { createHash } from 'node:crypto'
import type { Clock } from '@/lib/contract/clock'
import type { UpstreamApp } from './tim-push'
import { TlsSigApi } from './tls-sig-api'

const LIFE_S = 86_400
const RENEW_MS = LIFE_S * 1_000 * 0.8

export interface Signature {
  text: string
  sdkAppId: number
  adminId: string
  fingerprint: string
  signedAt: number
}

/** Signatures are kept, keys are not: of a key only a fingerprint stays, to tell later whether it is still the same. */
export class Signatures {
  private readonly held = new Map<string, Signature>()

  constructor(private readonly clock: Pick<Clock, 'wallMs'>) {}

  /** The signature of an app's administrator, made anew after four fifths of its 24 h (or when the clock went back). */
  async of(app: UpstreamApp): Promise<Signature> {
    const held = this.held.get(app.id)
    if (held && held.sdkAppId === app.sdkAppId && held.adminId === app.adminId) {
      const age = this.clock.wallMs() - held.signedAt
      if (age >= 0 && age < RENEW_MS) return held
    }
    return this.sign(app)
  }

  forget(appId: string): void {
    this.held.delete(appId)
  }

  /** Whether the app has another key now than the one this signature was made with. */
  async outdated(app: UpstreamApp, signature: Signature): Promise<boolean> {
    return fingerprintOf(await app.secretKey()) !== signature.fingerprint
  }

  private async sign(app: UpstreamApp): Promise<Signature> {
    const key = await app.secretKey()
    const signature = {
      text: new TlsSigApi(app.sdkAppId, key).genUserSig(app.adminId, LIFE_S),
      sdkAppId: app.sdkAppId,
      adminId: app.adminId,
      fingerprint: fingerprintOf(key),
      signedAt: this.clock.wallMs(),
    }
    this.held.set(app.id, signature)
    return signature
  }
}

function fingerprintOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
