import type { DeviceRecord } from '@/lib/contract/records'
import type { DeviceReply, StageReply } from '@/lib/contract/traces'
import type { DeliveryOf } from './delivery-of'
import { failedLines } from './failed-lines'
import { imFailure, onlineFailure, vendorFailure } from './failure-verdict'
import { deviceReport, vendorChannel } from './timeline'
import {
  type DeviceFacts,
  distinct,
  isArrival,
  isFailure,
  type Sentence,
  sentenceOf,
  stepTime,
  type Verdict,
  weakest,
} from './verdict-types'

type Rule = (facts: DeviceFacts) => Verdict | null

/**
 * The rules of each path; the first that applies decides. Proof of arrival goes before every failure, because records
 * may contradict each other.
 */
const VENDOR_RULES: Rule[] = [clicked, delivered, vendorFailure, handedOver, submitted]
const ONLINE_RULES: Rule[] = [online, onlineFailure, onlineSilent]
const START_RULES: Rule[] = [imFailure, taken]

/**
 * Judges one device from its steps alone. Token, certificate and permission prove nothing. Every failed step is in the
 * evidence, whatever the verdict is.
 */
export function deviceVerdict(record: DeviceRecord, delivery: DeliveryOf): Verdict {
  const facts = factsOf(record, delivery)
  const first = (rules: Rule[]) => rules.reduce<Verdict | null>((found, rule) => found ?? rule(facts), null)
  const [vendor, own] = [first(VENDOR_RULES), first(ONLINE_RULES)]
  const verdict = overPaths(vendor, own) ?? first(START_RULES) ?? NO_STEPS
  const evidence = [...verdict.evidence, ...failedLines(facts), ...warnings(facts.device.stages)]
  return { ...verdict, evidence: distinct(evidence) }
}

/**
 * Combines the vendor's path and Tencent's own. A failure beside an arrival is part of the verdict. Where the push only
 * reached the running app, the next step repairs the vendor's path.
 */
function overPaths(vendor: Verdict | null, own: Verdict | null): Verdict | null {
  if (!vendor || !own) return vendor ?? own
  const ownLeads = isArrival(own) && !isArrival(vendor)
  const [lead, other] = ownLeads ? [own, vendor] : [vendor, own]
  if (!isFailure(other)) return lead
  const repaired = ownLeads ? other : lead
  return {
    ...lead,
    also: [{ key: other.key, values: other.values }],
    confidence: weakest([lead, other]),
    evidence: [...lead.evidence, ...other.evidence],
    next: repaired.next,
    actor: repaired.actor,
  }
}

function factsOf(record: DeviceRecord, delivery: DeliveryOf): DeviceFacts {
  const device = deviceReport(record, delivery)
  const deliveryHere = delivery(record.vendor, vendorChannel(record), record)
  const step = (stage: StageReply['stage'], path: StageReply['path']): StageReply => {
    const found = device.stages.find((one) => one.stage === stage && one.path === path)
    if (!found) throw new Error(`a device report without ${stage} ${path}`)
    return found
  }
  return {
    record,
    device,
    vendor: record.channel === 'online' && record.vendor === 'unknown' ? 'online' : record.vendor,
    delivery: deliveryHere,
    silentCertificate: deliveryHere !== delivery(record.vendor, vendorChannel(record), { ...record, certId: '' }),
    im: step('im', 'offline'),
    offline: step('offline', 'offline'),
    channel: step('channel', 'offline'),
    handset: step('device', 'offline'),
    click: step('click', 'offline'),
    onlineChannel: step('channel', 'online'),
    onlineHandset: step('device', 'online'),
  }
}

function clicked({ vendor, click }: DeviceFacts): Verdict | null {
  if (click.state !== 'done') return null
  const evidence = [sentenceOf('evidence_clicked', { time: stepTime(click) })]
  return {
    ...sentenceOf('clicked', { vendor }),
    also: [],
    confidence: 'certain',
    evidence,
    next: 'next_nothing',
    actor: 'none',
  }
}

function delivered({ vendor, handset }: DeviceFacts): Verdict | null {
  if (handset.state !== 'done') return null
  const evidence = [sentenceOf('evidence_delivered', { time: stepTime(handset) }), sentenceOf('evidence_click_plugin')]
  return {
    ...sentenceOf('delivered', { vendor }),
    also: [],
    confidence: 'certain',
    evidence,
    next: 'next_ask_seen',
    actor: 'user',
  }
}

function online({ onlineHandset }: DeviceFacts): Verdict | null {
  if (onlineHandset.state !== 'done') return null
  const evidence = [sentenceOf('evidence_online_delivered', { time: stepTime(onlineHandset) })]
  return { ...sentenceOf('online'), also: [], confidence: 'certain', evidence, next: 'next_ask_in_app', actor: 'user' }
}

/**
 * The vendor accepted the push and nothing more is recorded. What that means depends on whether the vendor reports
 * deliveries.
 */
function handedOver({ vendor, channel, delivery, silentCertificate, device }: DeviceFacts): Verdict | null {
  if (channel.state !== 'done') return null
  const accepted = sentenceOf('evidence_accepted', { vendor, time: stepTime(channel) })
  const receipts = silentCertificate
    ? sentenceOf('evidence_delivery_certificate', { vendor, certId: device.certId })
    : sentenceOf(`evidence_delivery_${delivery}`, { vendor })
  const evidence = [accepted, receipts]
  if (looksSwitchedOff(device)) {
    const off = [...evidence, sentenceOf('evidence_notifications_off')]
    return {
      ...sentenceOf('maybe_switched_off', { vendor }),
      also: [],
      confidence: 'likely',
      evidence: off,
      next: 'next_notifications_off',
      actor: 'user',
    }
  }
  const late = delivery === 'reported' && vendor === 'apns' ? [sentenceOf('evidence_ios_late')] : []
  const waiting = delivery === 'reported' && late.length === 0
  return {
    ...sentenceOf(waiting ? 'not_delivered_yet' : 'handed_over', { vendor }),
    also: [],
    confidence: waiting ? 'likely' : 'unknown',
    evidence: [...evidence, ...late],
    next: 'next_handed_over',
    actor: 'user',
  }
}

/**
 * Returns whether notifications are probably off. A documented successful trace has permission 0 beside an empty token
 * and certificate 0, so those fields were not filled in there.
 */
function looksSwitchedOff({ notifications, token, certId }: DeviceReply): boolean {
  return notifications === false && token !== '' && certId !== '' && certId !== '0'
}

function submitted({ vendor, offline }: DeviceFacts): Verdict | null {
  if (offline.state !== 'done') return null
  const evidence = [sentenceOf('evidence_submitted', { time: stepTime(offline) })]
  return {
    ...sentenceOf('submitted', { vendor }),
    also: [],
    confidence: 'unknown',
    evidence,
    next: 'next_again',
    actor: 'tencent',
  }
}

function onlineSilent({ onlineChannel }: DeviceFacts): Verdict | null {
  if (onlineChannel.state !== 'done') return null
  const evidence = [sentenceOf('evidence_online_sent', { time: stepTime(onlineChannel) })]
  return {
    ...sentenceOf('online_silent'),
    also: [],
    confidence: 'unknown',
    evidence,
    next: 'next_ask_in_app',
    actor: 'user',
  }
}

function taken({ im }: DeviceFacts): Verdict | null {
  if (im.state !== 'done') return null
  const evidence = [sentenceOf('evidence_taken', { time: stepTime(im) })]
  return { ...sentenceOf('taken'), also: [], confidence: 'unknown', evidence, next: 'next_again', actor: 'tencent' }
}

const NO_STEPS: Verdict = {
  ...sentenceOf('no_steps'),
  also: [],
  confidence: 'unknown',
  evidence: [],
  next: 'next_again',
  actor: 'tencent',
}

function warnings(stages: StageReply[]): Sentence[] {
  const has = (warning: StageReply['warning']) => stages.some((stage) => stage.warning === warning)
  return [
    ...(has('clock_order') ? [sentenceOf('evidence_clock_order')] : []),
    ...(has('missing_before') ? [sentenceOf('evidence_missing_before')] : []),
  ]
}
