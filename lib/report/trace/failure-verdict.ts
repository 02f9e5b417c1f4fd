import type { LossStage } from '@/lib/contract/records'
import type { StageReply } from '@/lib/contract/traces'
import { type Explanation, explain } from '@/lib/reasons/explain'
import { lastPassed, meaningLines } from './reason-evidence'
import { type DeviceFacts, type Sentence, sentenceOf, stepTime, type Verdict } from './verdict-types'

const SHOWN_CANDIDATES = 3

/**
 * Judges where a push was stopped and why; null where no failure counts. The last failed step decides. A failure is
 * ignored if a later step succeeded.
 */
export function failureVerdict(facts: DeviceFacts): Verdict | null {
  const { handset, channel, offline, onlineChannel, onlineHandset, im } = facts
  if (handset.state === 'failed') return byVendor(facts, handset, 'evidence_failed_on_device')
  if (channel.state === 'failed') return byVendor(facts, channel, 'evidence_refused')
  if (channel.state === 'done') return null
  if (offline.state === 'failed') return byTencent(facts, offline)
  if (offline.state === 'done') return null
  if (onlineHandset.state === 'failed') return plain('online_failed', onlineHandset)
  if (onlineChannel.state === 'failed') return plain('online_failed', onlineChannel)
  return onlineChannel.state !== 'done' && im.state === 'failed' ? plain('not_taken', im) : null
}

function byVendor(facts: DeviceFacts, stage: StageReply, evidence: string): Verdict {
  const { vendor } = facts
  const explanation = reasonOf(facts, stage, 'post_send')
  const values = { vendor, answer: answerOf(stage) }
  const lines = [sentenceOf(evidence, { ...values, time: stepTime(stage) })]
  return explanation.cause === null
    ? unexplained(explanation, values, lines)
    : explained(explanation.cause, explanation, values, lines)
}

/**
 * Judges a failure before the vendor. Only Tencent's own codes have a meaning there; any other answer is quoted and not
 * explained.
 */
function byTencent(facts: DeviceFacts, stage: StageReply): Verdict {
  const explanation = reasonOf(facts, stage, 'ready_to_send')
  const values = { vendor: facts.vendor, answer: answerOf(stage) }
  const lines = [sentenceOf('evidence_not_handed_over', { ...values, time: stepTime(stage) })]
  if (explanation.cause === 'certificate_missing' || explanation.cause === 'token_missing') {
    return explained(explanation.cause, explanation, values, lines)
  }
  return {
    ...sentenceOf('unsent', values),
    confidence: 'certain',
    evidence: lines,
    next: 'next_ticket',
    actor: 'tencent',
  }
}

function explained(cause: string, explanation: Explanation, values: Sentence['values'], evidence: Sentence[]): Verdict {
  const lines = [...evidence, ...meaningLines(explanation)]
  return {
    ...sentenceOf(`stopped_${cause}`, values),
    // A receipt "not shown" has other causes too, so "notifications off" is never certain.
    confidence:
      cause === 'notifications_off' && explanation.confidence === 'certain' ? 'likely' : explanation.confidence,
    evidence: lines,
    next: `next_${cause}`,
    actor: explanation.actor ?? 'tencent',
  }
}

/**
 * Judges a failure with an unknown or ambiguous code. It is certain that the push stopped, only not why, and the
 * sentence says so.
 */
function unexplained({ candidates }: Explanation, values: Sentence['values'], evidence: Sentence[]): Verdict {
  const lines = candidates
    .slice(0, SHOWN_CANDIDATES)
    .map(({ meaning, source }) => sentenceOf('evidence_candidate', { meaning, source }))
  return {
    ...sentenceOf(candidates.length > 0 ? 'stopped_ambiguous' : 'stopped_unexplained', values),
    confidence: 'certain',
    evidence: [...evidence, ...lines],
    next: 'next_ticket',
    actor: 'tencent',
  }
}

function plain(key: string, stage: StageReply): Verdict {
  const values = { answer: answerOf(stage) }
  const evidence = [sentenceOf('evidence_failed', { ...values, time: stepTime(stage) })]
  return { ...sentenceOf(key, values), confidence: 'certain', evidence, next: 'next_ticket', actor: 'tencent' }
}

function reasonOf(facts: DeviceFacts, step: StageReply, stage: LossStage): Explanation {
  const { vendor, channel } = facts.record
  const { code, reason } = step
  const passed = lastPassed(facts, step.stage)
  return explain({ stage, passed, vendor, channel, code: code === null ? '' : String(code), text: reason })
}

/** Returns code and text unchanged, so that people can search for them. */
function answerOf({ code, reason }: StageReply): string {
  return [code, reason].filter((part) => part !== null && part !== '').join(' ') || '—'
}
