import 'server-only'
import type { UpstreamErrorCode } from '@/lib/contract/errors'
import type { Endpoint } from '@/lib/contract/sources'

/**
 * What to do about a failure: `transient` try again later · `slow_down` and space the calls wider · `resign` ask again,
 * the signature is made anew · `credential` stop the app until a person has acted · `not_enabled` stop that feature ·
 * `bad_request` never ask this again.
 */
export type FailureKind = 'transient' | 'slow_down' | 'resign' | 'credential' | 'not_enabled' | 'bad_request'

/** By name, since the framework may hold this class more than once (see `isPushlensError`). */
export function isUpstreamError(error: unknown): error is UpstreamError {
  return error instanceof Error && error.name === 'UpstreamError'
}

/**
 * The upstream gave no answer that can be used. Carries the endpoint, our code and the upstream's number, nothing else:
 * no address, key, signature, cause or text of the upstream, so it may be logged and shown as it is.
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
