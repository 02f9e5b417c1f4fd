import type { DeviceRecord, StageRecord } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'

/** Returns the codes of the failed stages of a trace, each with the vendor of its device. */
export function codesOf(devices: readonly DeviceRecord[]): { vendor: Vendor; code: string }[] {
  return devices.flatMap(({ vendor, im, offline, online }) =>
    [im, ...stagesOf(offline), ...stagesOf(online)].flatMap((stage) =>
      stage?.status === 'failed' && stage.code !== null ? [{ vendor, code: String(stage.code) }] : [],
    ),
  )
}

const stagesOf = (stages: Record<string, StageRecord | null> | null): (StageRecord | null)[] =>
  stages === null ? [] : Object.values(stages)
