import 'server-only'
import { UpstreamError } from '@/lib/timpush/errors'
import type { GatewayDeps } from './deps'
import type { QueuedRequest } from './queued-request'

/** How a call ended. `refused`: an upstream failure. `broken`: our own fault, before or after the answer arrived. */
export type CallEnd =
  | { kind: 'stored' }
  | { kind: 'refused'; error: UpstreamError }
  | { kind: 'broken'; error: unknown; answered: boolean }

/** Makes one upstream call and stores its answer. Never rejects. */
export async function callOnce(deps: GatewayDeps, request: QueuedRequest): Promise<CallEnd> {
  let answered = false
  try {
    const answer = await deps.timpush.call(request.app, request.question)
    answered = true
    await request.storeAnswer(answer)
    return { kind: 'stored' }
  } catch (error) {
    if (!answered && error instanceof UpstreamError) return { kind: 'refused', error }
    return { kind: 'broken', error, answered }
  }
}

/** Returns the code for the `calls` table: 0 for an answer, Tencent's error code, or -1 when there is no code. */
export function codeOf(end: CallEnd): number {
  if (end.kind === 'refused') return end.error.upstreamCode ?? -1
  return end.kind === 'stored' || end.answered ? 0 : -1
}

export function utcDay(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10)
}
