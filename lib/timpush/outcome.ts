import 'server-only'
import type { Endpoint } from '@/lib/contract/sources'
import { INTERNAL, MEANINGS, TOO_FAST } from './codes'
import { UpstreamError } from './errors'
import { type Fields, field, integerOf } from './fields'

const INTERNAL_OR_TOO_FAST = 91000
const FREQUENCY = /frequen|too (?:many|fast|often)|rate.?limit|qps|频率|频繁|频次|限频|过快/i
const MAX_TEXT = 2_000

/**
 * Returns the failure that an answer reports, or null for success; HTTP is 200 in both cases. Success is ErrorCode 0 with
 * ActionStatus OK or none. Code 91000 is ambiguous, so its text decides.
 */
export function failureOf(endpoint: Endpoint, answer: Fields): UpstreamError | null {
  const code = integerOf(field(answer, 'ErrorCode'))
  const status = field(answer, 'ActionStatus') ?? null
  if (code === 0 && (status === 'OK' || status === null)) return null
  if (typeof code !== 'number' && typeof status !== 'string') return unreadable(endpoint, 'it says neither OK nor FAIL')
  if (typeof code !== 'number' && status === 'OK') return unreadable(endpoint, 'it has no ErrorCode that can be read')
  const number = typeof code === 'number' ? code : null
  const [ours, kind] = number === null ? INTERNAL : meaningOf(number, field(answer, 'ErrorInfo'))
  return new UpstreamError(endpoint, ours, kind, number, 'the upstream refused')
}

function meaningOf(code: number, text: unknown) {
  if (code === INTERNAL_OR_TOO_FAST && typeof text === 'string' && FREQUENCY.test(text.slice(0, MAX_TEXT))) {
    return TOO_FAST
  }
  return MEANINGS.get(code) ?? INTERNAL
}

/** An answer in an unknown form. Transient, because the next answer may be readable. */
export function unreadable(endpoint: Endpoint, detail: string): UpstreamError {
  return new UpstreamError(endpoint, 'upstream_unreadable', 'transient', null, detail)
}
