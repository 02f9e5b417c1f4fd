import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import { UpstreamError } from '@/lib/timpush/errors'
import type { LaneRefusal } from './lane-host'
import type { QueuedRequest } from './queued-request'

const LEAST_RETRY_MS = 1_000
const MOST_RETRY_MS = 30_000

/** A principal already waits for as many answers as one may. `retryAfterMs`: when the first of them is expected. */
export class TooManyRequests extends PushlensError {
  readonly retryAfterMs: number

  constructor(untilFirstMs: number) {
    super('too_many', 'the principal waits for too many answers')
    this.retryAfterMs = Math.min(Math.max(untilFirstMs, LEAST_RETRY_MS), MOST_RETRY_MS)
  }
}

export function abandonedError(): PushlensError {
  return new PushlensError('unavailable', 'nobody waits for the answer; no call was made')
}

export function stoppedError(
  request: QueuedRequest,
  refusal: Extract<LaneRefusal, { kind: 'stopped' }>,
): UpstreamError {
  const { code, upstreamCode } = refusal.problem
  const kind = refusal.whole ? 'credential' : 'not_enabled'
  return new UpstreamError(request.question.endpoint, code, kind, upstreamCode, 'no call was made: calls are stopped')
}

export function goneError(appId: string): PushlensError {
  return new PushlensError('not_found', `app ${appId} no longer exists`)
}

export function stoppingError(): PushlensError {
  return new PushlensError('unavailable', 'the server is stopping; no call was made')
}
