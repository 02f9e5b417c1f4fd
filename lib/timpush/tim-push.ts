import 'server-only'
import { randomInt } from 'node:crypto'
import type { Clock } from '@/lib/contract/clock'
import type { Region } from '@/lib/contract/sources'
import { type CallOptions, Client, type ClientLimits } from './client'
import { UpstreamError } from './errors'
import type { Answer, Question } from './question'
import { readAnswer } from './read-answer'
import { bodyOf, urlOf } from './request'
import { type Signature, Signatures } from './signatures'

/** `baseUrl` replaces the region's host. `utcOffsetMin` is the zone of Tencent's zoneless times, in minutes. */
export interface UpstreamApp {
  id: string
  sdkAppId: number
  adminId: string
  region: Region
  baseUrl: string | null
  utcOffsetMin: number
  /**
   * A unique text while a key, administrator or region is only tested. Signatures of a test are cached apart, and a refusal
   * stops no other call.
   */
  trial?: string
  /** Called only to sign or to check whether the key has changed. The key is not stored. */
  secretKey(): Promise<string>
}

export interface TimPush {
  /** Makes one call without retries. Rejects with `UpstreamError`, or with the reason of the caller's signal. */
  call(app: UpstreamApp, question: Question, options?: CallOptions): Promise<Answer>
  /** Removes the signature of an app whose key or administrator has changed. */
  forget(appId: string): void
  /** Waits for calls in flight, then closes the connections. */
  close(): Promise<void>
}

/** Tencent's own time limit is 3 s. The lane's lease expires after 10 s. */
const LIMITS: ClientLimits = { budgetMs: 8_000, connectMs: 3_000, maxBytes: 8 * 1024 * 1024 }
const UINT32 = 2 ** 32

/** Creates the client for Tencent. `clock` only ages signatures; the time inside a signature comes from the system clock. */
export function createTimPush(options: { clock: Pick<Clock, 'wallMs'>; limits?: Partial<ClientLimits> }): TimPush {
  const client = new Client({ ...LIMITS, ...options.limits })
  const signatures = new Signatures(options.clock)
  return {
    async call(app, question, options) {
      const signature = await signatures.of(app)
      try {
        const url = urlOf(app, question.endpoint, signature.text, randomInt(UINT32))
        return readAnswer(
          question,
          await client.post(question.endpoint, url, bodyOf(question), options),
          app.utcOffsetMin,
        )
      } catch (error) {
        throw error instanceof UpstreamError ? await explainRefusal(signatures, app, signature, error) : error
      }
    },
    forget: (appId) => signatures.forget(appId),
    close: () => client.close(),
  }
}

/**
 * Drops the signature after a refusal. If another process has changed the key since it was made, the signature is merely
 * outdated and the credential is not broken.
 */
async function explainRefusal(signatures: Signatures, app: UpstreamApp, signature: Signature, error: UpstreamError) {
  if (error.kind !== 'renew_signature' && error.kind !== 'credential') return error
  signatures.forget(app.trial ?? app.id)
  if (error.kind === 'renew_signature' || !(await signatures.outdated(app, signature))) return error
  const detail = 'the key has changed since signing'
  return new UpstreamError(error.endpoint, 'upstream_expired_signature', 'renew_signature', error.upstreamCode, detail)
}
