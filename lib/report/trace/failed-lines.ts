import type { StageReply } from '@/lib/contract/traces'
import { answerOf, type DeviceFacts, type Sentence, sentenceOf, stepTime } from './verdict-types'

const KEYS = {
  im: 'evidence_failed_im',
  offline: 'evidence_not_handed_over',
  channel: 'evidence_refused',
  device: 'evidence_failed_on_device',
  click: 'evidence_failed_click',
} as const
const ONLINE_KEYS = { channel: 'evidence_failed_online', device: 'evidence_failed_online_device' } as const

/** Returns the line of evidence that names a failed step, with its code and text as Tencent gave them. */
export function failedLine(vendor: string, stage: StageReply): Sentence {
  const values = { answer: answerOf(stage), time: stepTime(stage) }
  if (stage.path === 'online' && (stage.stage === 'channel' || stage.stage === 'device')) {
    return sentenceOf(ONLINE_KEYS[stage.stage], values)
  }
  return sentenceOf(KEYS[stage.stage], stage.stage === 'im' || stage.stage === 'click' ? values : { vendor, ...values })
}

/** Returns one line for every failed step of a device, also where a later step succeeded. */
export function failedLines({ vendor, device }: Pick<DeviceFacts, 'vendor' | 'device'>): Sentence[] {
  return device.stages.filter(({ state }) => state === 'failed').map((stage) => failedLine(vendor, stage))
}

/** Whether a line of evidence names a failed step. */
export const namesFailure = ({ key }: Sentence): boolean =>
  [...Object.values(KEYS), ...Object.values(ONLINE_KEYS)].some((one) => one === key)
