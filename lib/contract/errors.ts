/**
 * The closed list of error codes with their HTTP status. The texts for people are in `messages/*.json` under `errors`,
 * by the same code. A code of the `upstream_` family never fails a report: it is part of `freshness.problem`.
 */
export const ERROR_STATUS = {
  bad_request: 400,
  bad_range: 400,
  not_signed_in: 401,
  bad_credentials: 401,
  code_needed: 401,
  bad_code: 401,
  bad_origin: 403,
  forbidden: 403,
  outside_share: 403,
  local_sign_in_off: 403,
  not_found: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  conflict: 409,
  last_administrator: 409,
  set_by_environment: 409,
  length_required: 411,
  too_large: 413,
  not_json: 415,
  misdirected: 421,
  too_many: 429,
  internal: 500,
  unavailable: 503,
  storage_full: 507,
  upstream_unreachable: 502,
  upstream_timeout: 504,
  upstream_bad_gateway: 502,
  upstream_unreadable: 502,
  upstream_expired_signature: 502,
  upstream_credential: 502,
  upstream_not_admin: 502,
  upstream_wrong_region: 502,
  upstream_not_enabled: 502,
  upstream_billing: 502,
  upstream_quota: 502,
  upstream_not_allowed: 502,
  upstream_bad_request: 502,
  upstream_too_fast: 503,
  upstream_internal: 502,
  upstream_unknown_user: 502,
  upstream_data_expired: 410,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof ERROR_STATUS
export type UpstreamErrorCode = Extract<ErrorCode, `upstream_${string}`>

export const ERROR_CODES = Object.keys(ERROR_STATUS) as ErrorCode[]

/**
 * Returns whether an error is a PushlensError. The framework evaluates a module once for pages, once for routes and
 * once at start, so there are several copies of the class and `instanceof` is not enough.
 */
export function isPushlensError(error: unknown): error is PushlensError {
  return error instanceof Error && error.name === 'PushlensError'
}

/** An expected failure. `message` is for the log; people read the text of `code`. `field` names the input at fault. */
export class PushlensError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly field?: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'PushlensError'
  }
}
