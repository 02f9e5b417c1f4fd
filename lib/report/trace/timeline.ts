import { DAY } from '@/lib/contract/limits'
import type { DeviceRecord, StageRecord } from '@/lib/contract/records'
import type { DeviceReply, StageReply } from '@/lib/contract/traces'
import type { Channel } from '@/lib/contract/vendors'
import { maskToken } from '@/lib/report/ids/mask'
import { iso } from '@/lib/report/range/iso-time'
import type { DeliveryOf } from './delivery-of'

type State = StageReply['state']
interface Step {
  stage: StageReply['stage']
  path: StageReply['path']
  record: StageRecord | null
}

const succeeded = (record: StageRecord | null | undefined): boolean => record?.status === 'ok'
const recorded = (state: State): boolean => state === 'done' || state === 'failed'

/**
 * Describes one device of a trace for people: the token masked, the steps of both paths with state, elapsed time and
 * warning.
 */
export function deviceReport(device: DeviceRecord, delivery: DeliveryOf): DeviceReply {
  const { instance, model, system, systemVersion, vendor, channel, sdkVersion, pluginVersion, certId } = device
  return {
    instance,
    model,
    system,
    systemVersion,
    vendor,
    channel,
    sdkVersion,
    pluginVersion,
    certId,
    token: maskToken(device.token),
    notifications: device.notifications === 1 ? true : device.notifications === 0 ? false : null,
    lastActive: device.lastActive,
    pushedAt: device.pushedAt === null ? null : iso(device.pushedAt),
    pushedAtText: device.pushedAtText,
    stages: stagesOf(device, delivery),
  }
}

/** Returns the steps: IM → offline → channel → device → click, then the online path, which also begins at IM. */
function stagesOf(device: DeviceRecord, delivery: DeliveryOf): StageReply[] {
  const { im, offline, online } = device
  const start: Step = { stage: 'im', path: 'offline', record: im }
  const vendorSteps = (['offline', 'channel', 'device', 'click'] as const).map(
    (stage): Step => ({ stage, path: 'offline', record: offline?.[stage] ?? null }),
  )
  const onlineSteps = (['channel', 'device'] as const).map(
    (stage): Step => ({ stage, path: 'online', record: online?.[stage] ?? null }),
  )
  const viaVendor = hasRecord(vendorSteps) || (device.channel !== 'online' && !hasRecord(onlineSteps))
  const viaOnline = hasRecord(onlineSteps) || (device.channel !== 'offline' && !hasRecord(vendorSteps))
  const silent = delivery(device.vendor, vendorChannel(device), device) === 'unreported'
  const states = pathStates([start, ...vendorSteps], viaVendor, silent)
  const onlineStates = pathStates([start, ...onlineSteps], viaOnline, false)
  const main = withGaps([start, ...vendorSteps], states, device.pushedAt)
  const second = withGaps([start, ...onlineSteps], onlineStates, device.pushedAt)
  return [...main, ...second.slice(1)]
}

/** The channel of the vendor's path. A record of an online push can have steps of both paths. */
export const vendorChannel = ({ channel }: DeviceRecord): Channel => (channel === 'online' ? 'offline' : channel)

const hasRecord = (steps: Step[]): boolean => steps.some(({ record }) => record !== null && record.status !== null)

/**
 * Decides the state of each step on one path. A missing delivery is `unreported` where the vendor sends no receipts, or
 * where a click proves it. After a failure nothing more is expected. A path that the push did not take is not
 * applicable.
 */
function pathStates(steps: Step[], used: boolean, silent: boolean): State[] {
  const clicked = steps.some(({ stage, record }) => stage === 'click' && succeeded(record))
  let failed = false
  let handedOver = false
  return steps.map(({ stage, record }): State => {
    if (record?.status === 'failed') {
      failed = true
      return 'failed'
    }
    if (succeeded(record)) {
      if (stage === 'channel') handedOver = true
      return 'done'
    }
    if (stage === 'device' && (clicked || (silent && handedOver && !failed))) return 'unreported'
    return failed || (!used && stage !== 'im') ? 'not_applicable' : 'none'
  })
}

/**
 * Returns whether an elapsed time looks wrong. Steps between servers take seconds; only a phone may be offline for
 * days.
 */
function looksWrong(step: Step, elapsedMs: number): boolean {
  const betweenServers = step.stage === 'im' || step.stage === 'offline' || step.stage === 'channel'
  return elapsedMs < 0 || (betweenServers && elapsedMs > DAY * 1000)
}

function withGaps(steps: Step[], states: State[], pushedAt: number | null): StageReply[] {
  let last = pushedAt
  return steps.map((step, i): StageReply => {
    const { stage, path, record } = step
    const state = states[i] ?? 'none'
    const at = record?.at ?? null
    const elapsedMs = at === null || last === null ? null : (at - last) * 1000
    if (at !== null) last = at
    const gap = recorded(state) && i > 0 && states[i - 1] === 'none'
    const clock = elapsedMs !== null && looksWrong(step, elapsedMs)
    return {
      stage,
      path,
      state,
      at: at === null ? null : iso(at),
      atText: record?.atText ?? '',
      code: record?.code ?? null,
      reason: record?.text ?? '',
      elapsedMs,
      warning: clock ? 'clock_order' : gap ? 'missing_before' : null,
    }
  })
}
