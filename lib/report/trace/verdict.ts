import { DAY, HORIZON } from '@/lib/contract/limits'
import type { DeviceRecord } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import type { KeyHints } from '@/lib/report/ids/id-hints'
import { deviceVerdict } from './device-verdict'
import type { DeliveryOf } from './timeline'
import { type Sentence, sentenceOf, type Verdict } from './verdict-types'

/** What was looked up; `hints` are those of the PushID or TaskID, `now` is epoch seconds. */
export interface LookupFacts {
  source: Source
  hints: KeyHints
  sdkAppId: number
  nowS: number
}

const ARRIVED = ['clicked', 'delivered', 'online']
const arrived = ({ key }: Verdict): boolean => ARRIVED.includes(key)

/** One sentence over all devices of an answer, its evidence, and who does what next. */
export function verdictOf(devices: DeviceRecord[], delivery: DeliveryOf, looked: LookupFacts): Verdict {
  const verdicts = leadFirst(devices).map((device) => deviceVerdict(device, delivery))
  const [first, second] = verdicts
  if (!first) return notFound(looked)
  return second ? overDevices(first, verdicts) : first
}

/** The device signed in last is the one people ask about. */
function leadFirst(devices: DeviceRecord[]): DeviceRecord[] {
  return [...devices].sort((a, b) => Number(b.lastActive === true) - Number(a.lastActive === true))
}

/** Each device keeps its own sentence, as evidence; what to do next is about the one that has not got it. */
function overDevices(first: Verdict, verdicts: Verdict[]): Verdict {
  const there = verdicts.filter(arrived)
  const best = ARRIVED.map((key) => there.find((verdict) => verdict.key === key)).find(
    (verdict) => verdict !== undefined,
  )
  const lead = verdicts.find((verdict) => !arrived(verdict)) ?? best ?? first
  const counts = { n: String(verdicts.length), arrived: String(there.length) }
  const evidence = verdicts.map(({ key, values }): Sentence => ({ key, values }))
  const { next, actor } = lead
  if (best) {
    const key = there.length === verdicts.length ? 'all_arrived' : 'some_arrived'
    return { ...sentenceOf(key, counts), confidence: 'certain', evidence, next, actor }
  }
  const sentence = verdicts.every(({ key }) => key === lead.key) ? lead : sentenceOf('none_arrived', counts)
  const { key, values } = sentence
  return { key, values, confidence: weakest(verdicts), evidence, next, actor }
}

function weakest(verdicts: Verdict[]): Verdict['confidence'] {
  const has = (word: Verdict['confidence']) => verdicts.some(({ confidence }) => confidence === word)
  return has('unknown') ? 'unknown' : has('likely') ? 'likely' : 'certain'
}

/** Nothing found has many innocent reasons; what the ID says of itself puts one of them first, as likely at most. */
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
  return { ...sentence, confidence: 'unknown', evidence: innocent(source), next: 'next_check_ids', actor: 'user' }
}

function guess(sentence: Sentence, next: string): Verdict {
  return { ...sentence, confidence: 'likely', evidence: [], next, actor: 'none' }
}

function innocent(source: Source): Sentence[] {
  const chat = ['maybe_online', 'maybe_other_device', 'maybe_other_app', 'maybe_expired']
  const task = ['maybe_misspelt', 'maybe_not_in_audience', 'maybe_filtered', 'maybe_other_app', 'maybe_expired']
  return (source === 'chat' ? chat : task).map((reason) => sentenceOf(`evidence_${reason}`))
}
