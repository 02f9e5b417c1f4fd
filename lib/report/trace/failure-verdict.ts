import type { LossStage } from '@/lib/contract/records'
import type { StageReply } from '@/lib/contract/traces'
import { type Explanation, explain } from '@/lib/reasons/explain'
import { saysUninstalled } from '@/lib/reasons/uninstalled'
import { failedLine } from './failed-lines'
import { lastPassed, lineOf, meaningLines } from './reason-evidence'
import { answerOf, type DeviceFacts, type Sentence, sentenceOf, type Verdict } from './verdict-types'

const SHOWN_CANDIDATES = 3

/**
 * Judges where a push through a vendor was stopped and why; null where no failure counts. The last failed step decides.
 * A failure is ignored if a later step succeeded.
 */
export function vendorFailure(facts: DeviceFacts): Verdict | null {
  const { handset, channel, offline } = facts
  if (handset.state === 'failed') return byVendor(facts, handset)
  if (channel.state === 'failed') return byVendor(facts, channel)
  return channel.state !== 'done' && offline.state === 'failed' ? byTencent(facts, offline) : null
}

/** Judges a failure on Tencent's own channel; null where there is none. */
export function onlineFailure({ vendor, onlineChannel, onlineHandset }: DeviceFacts): Verdict | null {
  const failed = [onlineHandset, onlineChannel].find(({ state }) => state === 'failed')
  return failed ? plain('online_failed', vendor, failed) : null
}

/** Judges a refusal by the chat server; null where there is none. */
export function imFailure({ vendor, im }: DeviceFacts): Verdict | null {
  return im.state === 'failed' ? plain('not_taken', vendor, im) : null
}

function byVendor(facts: DeviceFacts, stage: StageReply): Verdict {
  const { vendor } = facts
  const explanation = reasonOf(facts, stage, 'post_send')
  const values = { vendor, answer: answerOf(stage) }
  const lines = [failedLine(vendor, stage)]
  if (explanation.cause === null) return unexplained(explanation, values, lines)
  const isUninstalled = explanation.cause === 'token_gone' && saysUninstalled(stage.reason, explanation)
  return explained(isUninstalled ? 'app_uninstalled' : explanation.cause, explanation, values, lines)
}

/**
 * Judges a failure before the vendor. Only Tencent's own codes have a meaning there; any other answer is quoted and not
 * explained.
 */
function byTencent(facts: DeviceFacts, stage: StageReply): Verdict {
  const { vendor } = facts
  const explanation = reasonOf(facts, stage, 'ready_to_send')
  const values = { vendor, answer: answerOf(stage) }
  const lines = [failedLine(vendor, stage)]
  if (explanation.cause === 'certificate_missing' || explanation.cause === 'token_missing') {
    return explained(explanation.cause, explanation, values, lines)
  }
  return verdictOf(sentenceOf('unsent', values), lines)
}

function explained(cause: string, explanation: Explanation, values: Sentence['values'], evidence: Sentence[]): Verdict {
  return {
    ...sentenceOf(`stopped_${cause}`, values),
    also: [],
    // A receipt "not shown" has other causes too, so "notifications off" is never certain.
    confidence:
      cause === 'notifications_off' && explanation.confidence === 'certain' ? 'likely' : explanation.confidence,
    evidence: [...evidence, ...meaningLines(explanation)],
    next: `next_${cause}`,
    actor: explanation.actor ?? 'tencent',
  }
}

/**
 * Judges a failure with an unknown or ambiguous code. It is certain that the push stopped, only not why, and the
 * sentence says so.
 */
function unexplained({ candidates }: Explanation, values: Sentence['values'], evidence: Sentence[]): Verdict {
  const lines = candidates.slice(0, SHOWN_CANDIDATES).map((entry) => lineOf('evidence_candidate', entry))
  const key = candidates.length > 0 ? 'stopped_ambiguous' : 'stopped_unexplained'
  return verdictOf(sentenceOf(key, values), [...evidence, ...lines])
}

function plain(key: string, vendor: string, stage: StageReply): Verdict {
  return verdictOf(sentenceOf(key, { answer: answerOf(stage) }), [failedLine(vendor, stage)])
}

/** A failure that only Tencent can explain. */
function verdictOf(sentence: Sentence, evidence: Sentence[]): Verdict {
  return { ...sentence, also: [], confidence: 'certain', evidence, next: 'next_ticket', actor: 'tencent' }
}

function reasonOf(facts: DeviceFacts, step: StageReply, stage: LossStage): Explanation {
  const { vendor } = facts.record
  const { code, reason } = step
  const passed = lastPassed(facts, step.stage)
  return explain({ stage, passed, vendor, channel: 'offline', code: code === null ? '' : String(code), text: reason })
}
