import 'server-only'
import type { Endpoint } from '@/lib/contract/sources'
import { UpstreamError } from '@/lib/timpush/errors'
import type { GatewayDeps } from './deps'
import type { QueuedRequest } from './queued-request'

/** How a call ended. `refused`: an upstream failure. `broken`: our own fault, before or after the answer arrived. */
export type CallEnd =
  | { kind: 'stored' }
  | { kind: 'refused'; error: UpstreamError }
  | { kind: 'broken'; error: unknown; answered: boolean }

/**
 * Makes one upstream call and stores its answer. Never rejects. After `untilMs` (monotonic) nothing is sent, and an answer is
 * not stored: it may be older than one that another replica has fetched since, but would be stored as the newer one.
 */
export async function callOnce(deps: GatewayDeps, request: QueuedRequest, untilMs: number): Promise<CallEnd> {
  let answered = false
  const { endpoint } = request.question
  const mayGoOn = () => deps.timers.monotonicMs() <= untilMs
  try {
    const answer = await deps.timpush.call(request.app, request.question, { maySend: mayGoOn })
    if (!mayGoOn()) throw lateError(endpoint)
    answered = true
    await request.storeAnswer(answer)
    return { kind: 'stored' }
  } catch (error) {
    if (!answered && error instanceof UpstreamError) return { kind: 'refused', error }
    return { kind: 'broken', error, answered }
  }
}

function lateError(endpoint: Endpoint): UpstreamError {
  return new UpstreamError(endpoint, 'upstream_timeout', 'transient', null, 'the process was paused during the call')
}

/** Returns the code for the `calls` table: 0 for an answer, Tencent's error code, or -1 when there is no code. */
export function codeOf(end: CallEnd): number {
  if (end.kind === 'refused') return end.error.upstreamCode ?? -1
  return end.kind === 'stored' || end.answered ? 0 : -1
}

export function utcDay(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10)
}
