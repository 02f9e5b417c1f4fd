import 'server-only'
import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Clock } from '@/lib/contract/clock'
import type { UpstreamApp } from './tim-push'
import { TlsSigApi } from './tls-sig-api'

const LIFE_S = 86_400
const RENEW_MS = LIFE_S * 1_000 * 0.8
const MOST_APPS = 1_000

export interface Signature {
  text: string
  sdkAppId: number
  adminId: string
  fingerprint: string
  signedAtMs: number
}

/** Caches signatures, not keys. A key leaves only a fingerprint, to detect later that it has changed. */
export class Signatures {
  readonly #cache = new LRUCache<string, Signature>({ max: MOST_APPS, ttl: RENEW_MS })

  constructor(private readonly clock: Pick<Clock, 'wallMs'>) {}

  /** Returns the signature of an app's administrator. Signs again after 80 % of its 24 h, or if the clock went back. */
  async of(app: UpstreamApp): Promise<Signature> {
    const cached = this.#cache.get(app.trial ?? app.id)
    if (cached && cached.sdkAppId === app.sdkAppId && cached.adminId === app.adminId) {
      const ageMs = this.clock.wallMs() - cached.signedAtMs
      if (ageMs >= 0 && ageMs < RENEW_MS) return cached
    }
    return this.sign(app)
  }

  forget(appId: string): void {
    this.#cache.delete(appId)
  }

  /** Returns whether the app's key has changed since this signature was made. */
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
      signedAtMs: this.clock.wallMs(),
    }
    this.#cache.set(app.trial ?? app.id, signature)
    return signature
  }
}

function fingerprintOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
