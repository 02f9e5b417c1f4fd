import type { LossStage } from '@/lib/contract/records'
import type { StageReply } from '@/lib/contract/traces'
import { type Explanation, explain } from '@/lib/reasons/explain'
import { lastPassed, meaningLines } from './reason-evidence'
import { type DeviceFacts, type Sentence, sentenceOf, stepTime, type Verdict } from './verdict-types'

const SHOWN_CANDIDATES = 3

/** Where a push was stopped and why. The step furthest on counts: a failure the records contradict is none. */
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
  const told = reasonOf(facts, stage, 'post_send')
  const values = { vendor, answer: answerOf(stage) }
  const lines = [sentenceOf(evidence, { ...values, time: stepTime(stage) })]
  return told.cause === null ? unexplained(told, values, lines) : explained(told.cause, told, values, lines)
}

/** Before the vendor only Tencent's own codes speak; what else its text seems to say is quoted, not judged. */
function byTencent(facts: DeviceFacts, stage: StageReply): Verdict {
  const told = reasonOf(facts, stage, 'ready_to_send')
  const values = { vendor: facts.vendor, answer: answerOf(stage) }
  const lines = [sentenceOf('evidence_not_handed_over', { ...values, time: stepTime(stage) })]
  if (told.cause === 'certificate_missing' || told.cause === 'token_missing') {
    return explained(told.cause, told, values, lines)
  }
  return {
    ...sentenceOf('unsent', values),
    confidence: 'certain',
    evidence: lines,
    next: 'next_ticket',
    actor: 'tencent',
  }
}

function explained(cause: string, told: Explanation, values: Sentence['values'], evidence: Sentence[]): Verdict {
  const lines = [...evidence, ...meaningLines(told)]
  return {
    ...sentenceOf(`stopped_${cause}`, values),
    // A receipt that says "not shown" has other causes too; off is never certain.
    confidence: cause === 'notifications_off' && told.confidence === 'certain' ? 'likely' : told.confidence,
    evidence: lines,
    next: `next_${cause}`,
    actor: told.actor ?? 'tencent',
  }
}

/** That it stopped is certain; only why is not, and the sentence says so. */
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

/** Code and text as they came, for people who search for them. */
function answerOf({ code, reason }: StageReply): string {
  return [code, reason].filter((part) => part !== null && part !== '').join(' ') || '—'
}
