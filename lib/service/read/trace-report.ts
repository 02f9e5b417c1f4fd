import 'server-only'
import type { TraceReply } from '@/lib/contract/traces'
import type { Reporting } from '@/lib/report/funnel/reporting'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { maskToken } from '@/lib/report/ids/mask'
import { iso } from '@/lib/report/range/iso-time'
import { deliveryByReporting, withCertificates } from '@/lib/report/trace/delivery-of'
import { fillVerdict } from '@/lib/report/trace/fill-verdict'
import { deviceReport } from '@/lib/report/trace/timeline'
import { verdictOf } from '@/lib/report/trace/verdict'
import verdicts from '@/messages/en/verdicts.json'
import { vendorMessages } from '@/messages/vendors'
import type { StoredTrace, TraceKey } from './stored-trace'

/** Returns a stored answer as people see it: the verdict, devices with their steps, and the raw answer without tokens. */
export function traceReport(
  trace: StoredTrace | null,
  about: { key: TraceKey; sdkAppId: number; reporting: Reporting; nowS: number },
): Pick<TraceReply, 'verdict' | 'devices' | 'raw' | 'asOf' | 'unreadable'> {
  if (trace === null) return { verdict: null, devices: [], raw: null, asOf: null, unreadable: 0 }
  const { key, sdkAppId, reporting, nowS } = about
  const delivery = withCertificates(deliveryByReporting(reporting, nowS), trace.devices)
  const { question, source } = key
  const id = 'pushId' in question ? question.pushId : 'taskId' in question ? question.taskId : ''
  const verdict = verdictOf(trace.devices, delivery, { source, hints: hintsOf(id), sdkAppId, nowS })
  return {
    verdict: fillVerdict({ verdicts, vendors: vendorMessages('en') }, verdict),
    devices: trace.devices.map((device) => deviceReport(device, delivery)),
    raw: withoutTokens(trace.raw),
    asOf: iso(trace.fetchedAt),
    unreadable: trace.unreadable,
  }
}

/** Masks every token of the raw answer. An answer that is not JSON cannot be masked, so it is withheld. */
function withoutTokens(raw: string): unknown {
  try {
    return JSON.parse(raw, (name, value: unknown) =>
      /token/i.test(name) && typeof value === 'string' ? maskToken(value) : value,
    )
  } catch {
    return null
  }
}
