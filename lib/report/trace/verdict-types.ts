import type { DeviceRecord } from '@/lib/contract/records'
import type { DeviceReply, StageReply } from '@/lib/contract/traces'
import type { Actor } from '@/lib/reasons/causes'
import type { Delivery } from '@/lib/report/funnel/counts'

/**
 * A sentence: a key in the messages `verdicts`, and the values to fill in. `values.vendor` is a key in the messages
 * `vendors`.
 */
export interface Sentence {
  key: string
  values: Record<string, string>
}

export interface Verdict extends Sentence {
  /** More sentences of the verdict: failures on another path or device. `confidence` covers them too. */
  also: Sentence[]
  confidence: 'certain' | 'likely' | 'unknown'
  evidence: Sentence[]
  next: string
  actor: Actor
}

/**
 * The facts about one device: its steps by name, and whether its vendor reports deliveries. `silentCertificate`: its
 * certificate is known to give no receipts, although the vendor's channel reports.
 */
export interface DeviceFacts {
  record: DeviceRecord
  device: DeviceReply
  vendor: string
  delivery: Delivery
  silentCertificate: boolean
  im: StageReply
  offline: StageReply
  channel: StageReply
  handset: StageReply
  click: StageReply
  onlineChannel: StageReply
  onlineHandset: StageReply
}

export function sentenceOf(key: string, values: Record<string, string> = {}): Sentence {
  return { key, values }
}

/** Returns when a step was recorded, in Tencent's own words. */
export function stepTime(stage: StageReply): string {
  return stage.atText || stage.at || '—'
}

/** Returns code and text of a failed step unchanged, so that people can search for them. */
export function answerOf({ code, reason }: Pick<StageReply, 'code' | 'reason'>): string {
  return [code, reason].filter((part) => part !== null && part !== '').join(' ') || '—'
}

const ARRIVED = ['clicked', 'delivered', 'online']
const FAILED = ['unsent', 'online_failed', 'not_taken']

/** Whether a device's sentence says that the push arrived. */
export const isArrival = ({ key }: Sentence): boolean => ARRIVED.includes(key)

/** Whether a device's sentence says that the push was stopped. */
export const isFailure = ({ key }: Sentence): boolean => key.startsWith('stopped_') || FAILED.includes(key)

/** Returns the sentences without those that say the same as an earlier one or as one of `said`. */
export function distinct(sentences: readonly Sentence[], said: readonly Sentence[] = []): Sentence[] {
  const seen = new Set(said.map(identity))
  return sentences.filter((one) => {
    const isNew = !seen.has(identity(one))
    seen.add(identity(one))
    return isNew
  })
}

const identity = ({ key, values }: Sentence): string => JSON.stringify([key, values])

/** Returns the weakest confidence. A verdict is never surer than what it says. */
export function weakest(verdicts: readonly Pick<Verdict, 'confidence'>[]): Verdict['confidence'] {
  const has = (word: Verdict['confidence']) => verdicts.some(({ confidence }) => confidence === word)
  return has('unknown') ? 'unknown' : has('likely') ? 'likely' : 'certain'
}
