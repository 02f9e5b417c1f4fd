import 'server-only'
import type { UpstreamErrorCode } from '@/lib/contract/errors'
import type { Endpoint } from '@/lib/contract/sources'

/**
 * What to do about a failure. `transient`: retry later. `slow_down`: retry with wider spacing. `renew_signature`: sign
 * again and retry once. `credential`: stop the app until an administrator acts. `not_enabled`: stop that endpoint.
 * `bad_request`: never retry.
 */
export type FailureKind = 'transient' | 'slow_down' | 'renew_signature' | 'credential' | 'not_enabled' | 'bad_request'

/** Compares by name, because the framework may load this class more than once (see `isPushlensError`). */
export function isUpstreamError(error: unknown): error is UpstreamError {
  return error instanceof Error && error.name === 'UpstreamError'
}

/** Whether Tencent rejected the request itself, so that the same request would be rejected again. */
export function isRefusal(error: unknown): error is UpstreamError {
  return isUpstreamError(error) && error.kind === 'bad_request'
}

/**
 * A call without a usable answer. Holds only the endpoint, our code and Tencent's number. It is safe to log and to show:
 * it holds no address, key, signature, cause or text from Tencent.
 */
export class UpstreamError extends Error {
  constructor(
    readonly endpoint: Endpoint,
    readonly code: UpstreamErrorCode,
    readonly kind: FailureKind,
    readonly upstreamCode: number | null,
    detail: string,
  ) {
    super(`${endpoint}: ${code}${upstreamCode === null ? '' : ` (${upstreamCode})`}: ${detail}`)
    this.name = 'UpstreamError'
  }
}
