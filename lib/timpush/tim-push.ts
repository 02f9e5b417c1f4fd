import 'server-only'
import { randomInt } from 'node:crypto'
import type { Clock } from '@/lib/contract/clock'
import type { Region } from '@/lib/contract/sources'
import { Client, type ClientLimits } from './client'
import { UpstreamError } from './errors'
import type { Answer, Question } from './question'
import { readAnswer } from './read-answer'
import { bodyOf, urlOf } from './request'
import { type Signature, Signatures } from './signatures'

/** `baseUrl` replaces the region's host; `utcOffsetMin` is the zone of the upstream's zoneless times, in minutes. */
export interface UpstreamApp {
  id: string
  sdkAppId: number
  adminId: string
  region: Region
  baseUrl: string | null
  utcOffsetMin: number
  /** Asked for only to sign, or to see whether it changed, and not kept. */
  secretKey(): Promise<string>
}

export interface TimPush {
  /** One call, never repeated here. Rejects with `UpstreamError`, or with the signal's reason when the caller gave up. */
  ask(app: UpstreamApp, question: Question, signal?: AbortSignal): Promise<Answer>
  /** Forgets the signature of an app whose key or administrator has changed. */
  forget(appId: string): void
  /** Lets calls in flight end, then closes the connections. */
  close(): Promise<void>
}

/** The upstream's own time limit is 3 s; the lane's lease ends after 10. */
const LIMITS: ClientLimits = { budgetMs: 8_000, connectMs: 3_000, maxBytes: 8 * 1024 * 1024 }
const UINT32 = 2 ** 32

/** `clock` only ages signatures: the time inside a signature is always the system clock's. */
export function createTimPush(options: { clock: Pick<Clock, 'wallMs'>; limits?: Partial<ClientLimits> }): TimPush {
  const client = new Client({ ...LIMITS, ...options.limits })
  const signatures = new Signatures(options.clock)
  return {
    async ask(app, question, signal) {
      const signature = await signatures.of(app)
      try {
        const url = urlOf(app, question.endpoint, signature.text, randomInt(UINT32))
        return readAnswer(
          question,
          await client.post(question.endpoint, url, bodyOf(question), signal),
          app.utcOffsetMin,
        )
      } catch (error) {
        throw error instanceof UpstreamError ? await judge(signatures, app, signature, error) : error
      }
    },
    forget: (appId) => signatures.forget(appId),
    close: () => client.close(),
  }
}

/** A refused signature is not used again; one made with a key changed meanwhile elsewhere is merely out of date. */
async function judge(signatures: Signatures, app: UpstreamApp, signature: Signature, error: UpstreamError) {
  if (error.kind !== 'resign' && error.kind !== 'credential') return error
  signatures.forget(app.id)
  if (error.kind === 'resign' || !(await signatures.outdated(app, signature))) return error
  const detail = 'the key has changed since signing'
  return new UpstreamError(error.endpoint, 'upstream_expired_signature', 'resign', error.upstreamCode, detail)
}
