import { DAY, HORIZON } from '@/lib/contract/limits'
import type { DeviceRecord } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import type { KeyHints } from '@/lib/report/ids/id-hints'
import { type DeliveryOf, withCertificates } from './delivery-of'
import { deviceVerdict } from './device-verdict'
import { namesFailure } from './failed-lines'
import { distinct, isArrival, isFailure, type Sentence, sentenceOf, type Verdict, weakest } from './verdict-types'

/** What was looked up. `hints` are from the PushID or TaskID. `nowS` is epoch seconds. */
export interface LookupFacts {
  source: Source
  hints: KeyHints
  sdkAppId: number
  nowS: number
}

/** The most failures that the verdict itself says. All of them are in the evidence. */
const MAX_ALSO = 3

/** Judges all devices of a trace in one sentence, with evidence, the next step and who takes it. */
export function verdictOf(devices: DeviceRecord[], delivery: DeliveryOf, looked: LookupFacts): Verdict {
  const known = withCertificates(delivery, devices)
  const verdicts = lastActiveFirst(devices).map((device) => deviceVerdict(device, known))
  const [first, second] = verdicts
  if (!first) return notFound(looked)
  return second ? overDevices(first, verdicts) : first
}

/** Puts the device that signed in last first: people ask about that one. */
function lastActiveFirst(devices: DeviceRecord[]): DeviceRecord[] {
  return [...devices].sort((a, b) => Number(b.lastActive === true) - Number(a.lastActive === true))
}

/**
 * Combines the verdicts of several devices. The next step is for a device that did not get the push, or else for a
 * path that failed. Failures are part of the verdict; the other devices' sentences are evidence.
 */
function overDevices(first: Verdict, verdicts: Verdict[]): Verdict {
  const arrived = verdicts.filter(isArrival)
  const best = ['clicked', 'delivered'].map((key) => arrived.find((one) => one.key === key)).find((one) => one)
  const missed = verdicts.filter((one) => !isArrival(one))
  const deciding = missed.find(isFailure) ?? missed[0] ?? arrived.find(({ also }) => also.length > 0) ?? best ?? first
  const counts = { n: String(verdicts.length), arrived: String(arrived.length) }
  const isShared = missed.length === verdicts.length && missed.every(({ key }) => key === deciding.key)
  const { key, values } = isShared ? deciding : sentenceOf(overallKey(arrived.length, missed.length), counts)
  const failures = [deciding, ...verdicts].flatMap((one) => [sentenceIn(one), ...one.also])
  const also = distinct(failures.filter(isFailure), [{ key, values }]).slice(0, MAX_ALSO)
  const evidence = verdicts.flatMap((one) => [
    sentenceIn(one),
    ...one.also,
    ...one.evidence.filter((line) => one === deciding || namesFailure(line)),
  ])
  return {
    key,
    values,
    also,
    confidence: weakest(arrived.length > 0 ? verdicts.filter(saysFailure) : verdicts),
    evidence: distinct(evidence, [{ key, values }, ...also]),
    next: deciding.next,
    actor: deciding.actor,
  }
}
/** How many devices have the push, in one sentence. */
function overallKey(arrived: number, missed: number): string {
  if (missed === 0) return 'all_arrived'
  return arrived > 0 ? 'some_arrived' : 'none_arrived'
}

const sentenceIn = ({ key, values }: Verdict): Sentence => ({ key, values })

/** That a push arrived is certain, but not why another device or path failed. */
const saysFailure = (one: Verdict): boolean => isFailure(one) || (isArrival(one) && one.also.length > 0)

/** Judges an empty trace. It can have many harmless causes; a hint in the ID makes one of them likely at most. */
function notFound({ source, hints, sdkAppId, nowS }: LookupFacts): Verdict {
  const { shape, sentAt } = hints
  if (source === 'chat' && shape === 'msg_key')
    return guess(sentenceOf('not_found_wrong_id', { shape: 'MsgKey' }), 'next_push_id')
  if (source === 'chat' && shape === 'msg_id')
    return guess(sentenceOf('not_found_wrong_id', { shape: 'MsgID' }), 'next_push_id')
  if (source === 'chat' && shape === 'task') return guess(sentenceOf('not_found_task_id'), 'next_push_id')
  if (source === 'task' && shape === 'push') return guess(sentenceOf('not_found_push_id'), 'next_task_id')
  if (hints.sdkAppId !== null && hints.sdkAppId !== sdkAppId) {
    return guess(sentenceOf('not_found_other_app', { sdkAppId: String(hints.sdkAppId) }), 'next_switch_app')
  }
  if (sentAt !== null && nowS - sentAt > HORIZON.trace) {
    return guess(
      sentenceOf('not_found_expired', { days: String(Math.floor((nowS - sentAt) / DAY)) }),
      'next_nothing_left',
    )
  }
  const sentence = sentenceOf(source === 'chat' ? 'not_found_chat' : 'not_found_task')
  return {
    ...sentence,
    also: [],
    confidence: 'unknown',
    evidence: harmlessCauses(source),
    next: 'next_check_ids',
    actor: 'user',
  }
}

function guess(sentence: Sentence, next: string): Verdict {
  return { ...sentence, also: [], confidence: 'likely', evidence: [], next, actor: 'none' }
}

function harmlessCauses(source: Source): Sentence[] {
  const chat = ['maybe_online', 'maybe_other_device', 'maybe_other_app', 'maybe_expired']
  const task = ['maybe_misspelt', 'maybe_not_in_audience', 'maybe_filtered', 'maybe_other_app', 'maybe_expired']
  return (source === 'chat' ? chat : task).map((reason) => sentenceOf(`evidence_${reason}`))
}
