import 'server-only'
import { UpstreamError } from '@/lib/timpush/errors'
import type { GatewayDeps } from './deps'
import type { Entry } from './entry'

/** `refused` by the upstream, in its own classes; `broken` is a fault of ours on either side of the answer. */
export type CallEnd =
  | { kind: 'kept' }
  | { kind: 'refused'; error: UpstreamError }
  | { kind: 'broken'; error: unknown; answered: boolean }

/** Makes the call and has its answer written. */
export async function callOnce(deps: GatewayDeps, entry: Entry): Promise<CallEnd> {
  let answered = false
  try {
    const answer = await deps.timpush.ask(entry.app, entry.question)
    answered = true
    await entry.keep(answer)
    return { kind: 'kept' }
  } catch (error) {
    if (!answered && error instanceof UpstreamError) return { kind: 'refused', error }
    return { kind: 'broken', error, answered }
  }
}

/** What `calls` counts it as: 0 an answer, the upstream's code, or -1 where there was no answer with a code. */
export function codeOf(end: CallEnd): number {
  if (end.kind === 'refused') return end.error.upstreamCode ?? -1
  return end.kind === 'kept' || end.answered ? 0 : -1
}

export function utcDay(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10)
}
