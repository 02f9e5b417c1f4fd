import 'server-only'
import type { UpstreamErrorCode } from '@/lib/contract/errors'
import type { FailureKind } from './errors'

type Meaning = readonly [UpstreamErrorCode, FailureKind]

const UNREADABLE_REQUEST: Meaning = ['upstream_bad_request', 'bad_request']
const UNKNOWN_USER: Meaning = ['upstream_unknown_user', 'bad_request']
const TOO_SLOW: Meaning = ['upstream_timeout', 'transient']
const WRONG_KEY: Meaning = ['upstream_credential', 'credential']
const NOT_ADMIN: Meaning = ['upstream_not_admin', 'credential']
const WRONG_REGION: Meaning = ['upstream_wrong_region', 'credential']
const NOT_ALLOWED: Meaning = ['upstream_not_allowed', 'credential']
const UNPAID: Meaning = ['upstream_billing', 'credential']
const USED_UP: Meaning = ['upstream_quota', 'credential']
const EXPIRED: Meaning = ['upstream_expired_signature', 'renew_signature']

export const INTERNAL: Meaning = ['upstream_internal', 'transient']
export const TOO_FAST: Meaning = ['upstream_too_fast', 'slow_down']

/**
 * The error codes of the seven endpoints, from the common table (upstream page 34348 and its older copies) and the
 * endpoints' own pages (71893 to 71898). Codes of sending and of the client SDK do not occur. Others are `INTERNAL`.
 */
export const MEANINGS: ReadonlyMap<number, Meaning> = new Map([
  ...of(UNREADABLE_REQUEST, 60002, 60003, 60009, 60012, 60015, 70402, 90001, 90049, 90100),
  ...of(UNKNOWN_USER, 70107, 90048, 90103),
  ...of(TOO_FAST, 60007, 60011, 60018, 60019),
  ...of(TOO_SLOW, 60008, 60014, 70169, 70202),
  // 60004 and 60005: the account could not be checked right now. It is not necessarily wrong.
  ...of(INTERNAL, 60004, 60005, 60013, 70500, 90102, 91000),
  ...of(EXPIRED, 70001, 70052),
  // 60006: no such SDKAppID. 60027: key of another product. 70050: locked for a minute after too many bad signatures.
  ...of(WRONG_KEY, 60006, 60025, 60027, 70002, 70003, 70005, 70009, 70010, 70013, 70014, 70015, 70050),
  ...of(NOT_ADMIN, 60010, 70403, 90009),
  ...of(WRONG_REGION, 60026, 70016, 70020),
  // App or call disabled by Tencent, server address not on the allow list, or account blocked.
  ...of(NOT_ALLOWED, 60016, 60017, 60021, 70051),
  ...of(UNPAID, 60020, 80005),
  ...of(USED_UP, 60028, 70398, 72000, 72002),
  ...of(['upstream_not_enabled', 'not_enabled'], 90045),
])

/** Returns our name of an upstream error code. */
export function errorCodeOf(upstreamCode: number): UpstreamErrorCode {
  const [code] = MEANINGS.get(upstreamCode) ?? INTERNAL
  return code
}

function of(meaning: Meaning, ...codes: number[]): [number, Meaning][] {
  return codes.map((code) => [code, meaning])
}
