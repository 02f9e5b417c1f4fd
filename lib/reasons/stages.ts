import type { LossStage } from '@/lib/contract/records'
import type { Cause } from './causes'
import type { Entry } from './dictionary'

/**
 * Where a push failed. `passed` is the last step of a trace that succeeded before the failure: `offline` is Tencent's
 * own step, `channel` the vendor's answer. Null or absent where the steps are unknown, as in a row of losses.
 */
export interface FailedAt {
  stage: LossStage
  passed?: 'offline' | 'channel' | null | undefined
}

/** Causes that a vendor finds while it takes a request. Once it accepted the push they are ruled out. */
const AT_HANDOVER: readonly Cause[] = [
  'certificate_missing',
  'token_missing',
  'build_not_registered',
  'bad_parameters',
  'app_mismatch',
  'credential_wrong',
  'receipt_setup',
  'content_too_long',
  'content_empty',
  'session_expired',
  'tencent_request',
]

/** Causes that Tencent finds before it calls a vendor. */
const BEFORE_VENDOR: readonly Cause[] = ['certificate_missing', 'token_missing']

/** Causes that exist only once a device or the vendor's queue has the push. */
const AFTER_HANDOVER: readonly Cause[] = ['click_target', 'device_state', 'expired', 'replaced']

/** Whether a code of this entry can occur at this stage. */
export function canOccur(entry: Entry, { stage, passed }: FailedAt): boolean {
  if (stage === 'ready_to_send') return entry.stage === 'tencent'
  if (entry.stage === 'tencent') return !passed
  return !(passed === 'channel' && entry.stage === 'vendor' && AT_HANDOVER.includes(entry.cause))
}

/** Whether a text can name this entry at this stage. A vendor's refusal can also stop a push before it counts as sent. */
export function canBeNamed(entry: Entry, at: FailedAt): boolean {
  if (at.stage === 'ready_to_send') return entry.stage !== 'receipt' && !AFTER_HANDOVER.includes(entry.cause)
  return canOccur(entry, at)
}

/** Whether a cause that only free text names is possible at this stage. */
export function isPossible(cause: Cause, { stage, passed }: FailedAt): boolean {
  if (stage === 'ready_to_send') return !AFTER_HANDOVER.includes(cause)
  if (passed === 'channel') return !AT_HANDOVER.includes(cause)
  return !(passed === 'offline' && BEFORE_VENDOR.includes(cause))
}
