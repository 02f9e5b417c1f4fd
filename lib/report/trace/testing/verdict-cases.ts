import type { DeviceRecord } from '@/lib/contract/records'
import { CAUSES, type Cause } from '@/lib/reasons/causes'
import { ENTRIES, type Entry } from '@/lib/reasons/dictionary'
import type { Delivery } from '@/lib/report/funnel/counts'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { type LookupFacts, verdictOf } from '@/lib/report/trace/verdict'
import type { Sentence, Verdict } from '@/lib/report/trace/verdict-types'
import { blank, device, done, failed, offline, online, PUSHED } from './devices'
import { USER_CASES } from './user-cases'

/** A case of the page of verdicts. `tried` is there for a user. */
export interface VerdictCase {
  group: string
  name: string
  verdict: Verdict & { tried?: Sentence[] }
}

type Stages = Parameters<typeof offline>[0]
type OneCase = [string, DeviceRecord, Delivery?]
const handed = { offline: done(1), channel: done(1) }
const to = (vendor: DeviceRecord['vendor'], stages: Stages, more: Partial<DeviceRecord> = {}) =>
  device({ vendor, offline: offline(stages), ...more })
const live = (stages: Parameters<typeof online>[0]) =>
  device({ vendor: 'unknown', channel: 'online', online: online(stages) })
const inApp = { online: online({ channel: done(), device: done(2) }) }
const ownFailed = { online: online({ channel: failed(5, 'no connection') }) }
const refused = { offline: done(1), channel: failed(10029) }
const clickOnly = to('vivo', { click: done(9), channel: done(1) })

const ONE_DEVICE: OneCase[] = [
  ['clicked', to('huawei', { ...handed, device: done(4), click: done(60) })],
  ['delivered, no click', to('huawei', { ...handed, device: done(4) })],
  ['delivered, the click failed', to('oppo', { ...handed, device: done(3), click: failed(1, 'no activity') })],
  ['only to the running app', live({ channel: done(), device: done(2) })],
  ['accepted by a vendor that reports', to('xiaomi', handed)],
  ['accepted by Apple, which reports late', to('apns', handed)],
  ['accepted, the vendor reports in part', to('fcm', handed), 'partial'],
  ['accepted, the vendor reports nothing', to('fcm', handed), 'unreported'],
  ['accepted, too few pushes to know', to('meizu', handed), 'unknown'],
  ['accepted, notifications recorded as off', to('huawei', handed, { notifications: 0 }), 'unreported'],
  ['submitted and nothing since', to('vivo', { offline: done(1) })],
  ['sent over Tencent’s own channel, no answer', live({ channel: done() })],
  ['taken by the chat server', device()],
  ['no step recorded', device({ im: blank })],
  ['refused by the chat server', device({ im: failed(70107, 'account') })],
  ['own channel failed', live({ channel: failed(5, 'no connection') })],
  ['own channel failed on the device', live({ channel: done(), device: failed(5, 'closed') })],
  ['before the vendor, not one of Tencent’s own codes', to('huawei', { offline: failed(-7, 'new') })],
  ['a code with several meanings', to('apns', { offline: done(1), channel: failed(400) })],
  ['an unknown code', to('huawei', { offline: done(1), channel: failed(987654, 'new') })],
  ['text and code disagree', to('apns', { offline: done(1), channel: failed(500, 'BadDeviceToken') })],
  ['app not installed', to('huawei', { ...handed, device: failed(2, 'app not installed') })],
  ['steps out of order, one missing', { ...clickOnly, im: done(), offline: offline({ click: done(-90) }) }],
]

const TWO_PATHS: OneCase[] = [
  ['vendor refused, running app received it', to('xiaomi', refused, inApp)],
  ['delivered by the vendor, own channel failed', to('xiaomi', { ...handed, device: done(4) }, ownFailed)],
  ['both failed', to('xiaomi', refused, ownFailed)],
  ['accepted without a receipt, own channel failed', to('fcm', handed, ownFailed), 'unreported'],
  ['delivered although the vendor had refused', to('xiaomi', { channel: failed(16), device: done(3) })],
]

const gone = to('xiaomi', refused)
const whole = to('huawei', { ...handed, device: done(3) })
const uncertified = to('huawei', { offline: failed(-1, 'Certificate id not set') })
const SEVERAL: [string, DeviceRecord[]][] = [
  ['both received it', [whole, to('oppo', { ...handed, click: done(9) })]],
  ['one received it, the other’s token is gone', [whole, gone]],
  ['both received it, one only in the running app', [whole, { ...gone, ...inApp }]],
  ['two reasons', [gone, uncertified]],
  ['one reason at two vendors', [gone, to('apns', { offline: done(1), channel: failed(410) })]],
  ['a certificate without receipts', [to('vivo', { ...handed, click: done(9) }), to('vivo', handed)]],
]

const IDS: [string, LookupFacts['source'], string, number, number][] = [
  ['a MsgKey', 'chat', '48374_2837546_1795061000', 1600119377, PUSHED],
  ['a TaskID for a PushID', 'chat', '6afcea80_5f5fe251_200000e87f01f12_cf7963dc_386ba222', 1600119377, PUSHED],
  ['a PushID for a TaskID', 'task', '6afe7508_6a4086c0_9bf5fb50_200002d1089b322_2000005d8d46421', 1600119377, PUSHED],
  ['a campaign of another app', 'task', '6afcea80_5f5fe251_200000e87f01f12_cf7963dc_386ba222', 1, PUSHED],
  ['too old', 'task', '6afcea80_5f5fe251_200000e87f01f12_cf7963dc_386ba222', 1600119377, PUSHED + 900_000],
  ['a chat message', 'chat', '', 1600119377, PUSHED],
  ['a campaign', 'task', '', 1600119377, PUSHED],
]

const looked: LookupFacts = { source: 'task', hints: hintsOf(''), sdkAppId: 1600119377, nowS: PUSHED + 86_400 }
const judged = (records: DeviceRecord[], delivery: Delivery = 'reported') => verdictOf(records, () => delivery, looked)

/** A trace that fails with an entry of the dictionary, at the entry's own step. */
export function traceOf({ vendor, stage, code, name }: Entry): DeviceRecord {
  const number = Number(code)
  const failure = failed(0, name)
  const step = { ...failure, code: Number.isInteger(number) ? number : null }
  if (vendor === 'tencent') return to('huawei', { offline: step })
  return to(vendor, stage === 'receipt' ? { ...handed, device: step } : { offline: done(1), channel: step })
}

/** Prefers an entry with its own number, which is shown as people meet it. */
function exampleOf(cause: Cause): Entry[] {
  const found = ENTRIES.filter((entry) => entry.cause === cause)
  const own = found.find((entry) => judged([traceOf(entry)]).key === `stopped_${cause}`)
  return own ? [own] : found.slice(0, 1)
}

/** One case for every sentence that a verdict can be. */
export const VERDICT_CASES: VerdictCase[] = [
  ...ONE_DEVICE.map(([name, record, delivery]) => ({
    group: 'One device',
    name,
    verdict: judged([record], delivery),
  })),
  ...TWO_PATHS.map(([name, record, delivery]) => ({
    group: 'One device, two paths',
    name,
    verdict: judged([record], delivery),
  })),
  ...SEVERAL.map(([name, records]) => ({ group: 'Several devices', name, verdict: judged(records) })),
  ...CAUSES.flatMap((cause) =>
    exampleOf(cause).map((entry) => ({
      group: 'Every cause',
      name: [entry.vendor, entry.code, entry.name].filter((part, i, all) => all.indexOf(part) === i).join(' '),
      verdict: judged([traceOf(entry)]),
    })),
  ),
  ...IDS.map(([name, source, id, sdkAppId, nowS]) => ({
    group: 'Nothing found',
    name,
    verdict: verdictOf([], () => 'reported', { source, hints: hintsOf(id), sdkAppId, nowS }),
  })),
  ...USER_CASES.map(([name, verdict]) => ({ group: 'A user', name, verdict })),
]
