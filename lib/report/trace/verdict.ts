import { DAY, HORIZON } from '@/lib/contract/limits'
import type { DeviceRecord } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import type { KeyHints } from '@/lib/report/ids/id-hints'
import { deviceVerdict } from './device-verdict'
import type { DeliveryOf } from './timeline'
import { type Sentence, sentenceOf, type Verdict } from './verdict-types'

/** What was looked up. `hints` are from the PushID or TaskID. `nowS` is epoch seconds. */
export interface LookupFacts {
  source: Source
  hints: KeyHints
  sdkAppId: number
  nowS: number
}

const ARRIVED = ['clicked', 'delivered', 'online']
const arrived = ({ key }: Verdict): boolean => ARRIVED.includes(key)

/** Judges all devices of a trace in one sentence, with evidence, the next step and who takes it. */
export function verdictOf(devices: DeviceRecord[], delivery: DeliveryOf, looked: LookupFacts): Verdict {
  const verdicts = lastActiveFirst(devices).map((device) => deviceVerdict(device, delivery))
  const [first, second] = verdicts
  if (!first) return notFound(looked)
  return second ? overDevices(first, verdicts) : first
}

/** Puts the device that signed in last first: people ask about that one. */
function lastActiveFirst(devices: DeviceRecord[]): DeviceRecord[] {
  return [...devices].sort((a, b) => Number(b.lastActive === true) - Number(a.lastActive === true))
}

/**
 * Combines the verdicts of several devices. Each device's sentence becomes evidence; the next step is for a device that
 * did not get the push.
 */
function overDevices(first: Verdict, verdicts: Verdict[]): Verdict {
  const arrivedVerdicts = verdicts.filter(arrived)
  const best = ARRIVED.map((key) => arrivedVerdicts.find((verdict) => verdict.key === key)).find(
    (verdict) => verdict !== undefined,
  )
  const deciding = verdicts.find((verdict) => !arrived(verdict)) ?? best ?? first
  const counts = { n: String(verdicts.length), arrived: String(arrivedVerdicts.length) }
  const evidence = verdicts.map(({ key, values }): Sentence => ({ key, values }))
  const { next, actor } = deciding
  if (best) {
    const key = arrivedVerdicts.length === verdicts.length ? 'all_arrived' : 'some_arrived'
    return { ...sentenceOf(key, counts), confidence: 'certain', evidence, next, actor }
  }
  const sentence = verdicts.every(({ key }) => key === deciding.key) ? deciding : sentenceOf('none_arrived', counts)
  const { key, values } = sentence
  return { key, values, confidence: weakest(verdicts), evidence, next, actor }
}

function weakest(verdicts: Verdict[]): Verdict['confidence'] {
  const has = (word: Verdict['confidence']) => verdicts.some(({ confidence }) => confidence === word)
  return has('unknown') ? 'unknown' : has('likely') ? 'likely' : 'certain'
}

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
  return { ...sentence, confidence: 'unknown', evidence: harmlessCauses(source), next: 'next_check_ids', actor: 'user' }
}

function guess(sentence: Sentence, next: string): Verdict {
  return { ...sentence, confidence: 'likely', evidence: [], next, actor: 'none' }
}

function harmlessCauses(source: Source): Sentence[] {
  const chat = ['maybe_online', 'maybe_other_device', 'maybe_other_app', 'maybe_expired']
  const task = ['maybe_misspelt', 'maybe_not_in_audience', 'maybe_filtered', 'maybe_other_app', 'maybe_expired']
  return (source === 'chat' ? chat : task).map((reason) => sentenceOf(`evidence_${reason}`))
}
