import 'server-only'
import type { TraceReply } from '@/lib/contract/traces'
import { deliveryOf } from '@/lib/report/funnel/counts'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { maskToken } from '@/lib/report/ids/mask'
import { iso } from '@/lib/report/range/iso-time'
import { fillVerdict } from '@/lib/report/trace/fill-verdict'
import { type DeliveryOf, deviceReport } from '@/lib/report/trace/timeline'
import { verdictOf } from '@/lib/report/trace/verdict'
import type { Store } from '@/lib/store/store'
import vendors from '@/messages/en/vendors.json'
import verdicts from '@/messages/en/verdicts.json'
import type { KeptTrace, TraceKey } from './kept-trace'

type History = Awaited<ReturnType<Store['windows']['reporting']>>
const NOTHING = { sent: 0, delivered: 0, clicked: 0 }

/** A kept answer as people see it: devices with their steps, the verdict, and the raw answer without its tokens. */
export function traceReport(
  kept: KeptTrace | null,
  about: { key: TraceKey; sdkAppId: number; history: History; nowS: number },
): Pick<TraceReply, 'verdict' | 'devices' | 'raw' | 'asOf' | 'unreadable'> {
  if (kept === null) return { verdict: null, devices: [], raw: null, asOf: null, unreadable: 0 }
  const { key, sdkAppId, history, nowS } = about
  const delivery: DeliveryOf = (vendor, channel) =>
    deliveryOf(vendor, channel, history.find((one) => one.vendor === vendor && one.channel === channel) ?? NOTHING)
  const { question, source } = key
  const id = 'pushId' in question ? question.pushId : 'taskId' in question ? question.taskId : ''
  const verdict = verdictOf(kept.devices, delivery, { source, hints: hintsOf(id), sdkAppId, nowS })
  return {
    verdict: fillVerdict({ verdicts, vendors }, verdict),
    devices: kept.devices.map((device) => deviceReport(device, delivery)),
    raw: shownRaw(kept.raw),
    asOf: iso(kept.fetchedAt),
    unreadable: kept.unreadable,
  }
}

/** The answer as it came, with every token masked; an answer that is not JSON is withheld, since it cannot be masked. */
function shownRaw(raw: string): unknown {
  try {
    return JSON.parse(raw, (name, value: unknown) =>
      /token/i.test(name) && typeof value === 'string' ? maskToken(value) : value,
    )
  } catch {
    return null
  }
}
