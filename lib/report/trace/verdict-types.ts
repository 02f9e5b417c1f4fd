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
  confidence: 'certain' | 'likely' | 'unknown'
  evidence: Sentence[]
  next: string
  actor: Actor
}

/** The facts about one device: its steps by name, and whether its vendor reports deliveries. */
export interface DeviceFacts {
  record: DeviceRecord
  device: DeviceReply
  vendor: string
  delivery: Delivery
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
