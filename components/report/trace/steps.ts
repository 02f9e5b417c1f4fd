import type { DeviceReply, STAGES, StageReply } from '@/lib/contract/traces'

type Stage = (typeof STAGES)[number]

/** A step of one device in display order. `online` marks Tencent's own channel. */
export interface Step extends StageReply {
  row: number
  online: boolean
}

const MAIN: readonly Stage[] = ['im', 'offline', 'channel', 'device', 'click']
const absent = (stage: StageReply | undefined) => !stage || stage.state === 'not_applicable'

/**
 * Returns one step per row, with the same rows for every device, so that devices compare side by side. A push through
 * the online channel alone uses the rows of vendor and device. A push through both has the online steps below.
 */
export function stepsOf({ stages }: DeviceReply): Step[] {
  const find = (stage: Stage, path: StageReply['path']) =>
    stages.find((step) => step.stage === stage && step.path === path)
  const extra: Step[] = []
  const main = MAIN.flatMap((stage, row): Step[] => {
    const offline = find(stage, 'offline')
    const online = find(stage, 'online')
    if (online && !absent(online) && absent(offline)) return [{ ...online, row, online: true }]
    if (online && !absent(online)) extra.push({ ...online, row: MAIN.length + extra.length, online: true })
    return offline ? [{ ...offline, row, online: false }] : []
  })
  return [...main, ...extra]
}

/**
 * Returns the first row in which devices differ; null for one device, or when all are equal. A step that does not apply
 * is no difference.
 */
export function firstDifference(devices: readonly Step[][]): number | null {
  const rows = [...new Set(devices.flatMap((steps) => steps.map(({ row }) => row)))].sort((a, b) => a - b)
  const statesIn = (row: number) =>
    devices.flatMap((steps) => steps.filter((step) => step.row === row && step.state !== 'not_applicable'))
  return rows.find((row) => new Set(statesIn(row).map(({ state }) => state)).size > 1) ?? null
}
