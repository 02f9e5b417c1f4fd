import type { DeviceReply, STAGES, StageReply } from '@/lib/contract/traces'

type Stage = (typeof STAGES)[number]

/** The steps of one device in the order they are drawn; `online` marks those of Tencent's own channel. */
export interface Step extends StageReply {
  row: number
  online: boolean
}

const MAIN: readonly Stage[] = ['im', 'offline', 'channel', 'device', 'click']
const absent = (stage: StageReply | undefined) => !stage || stage.state === 'not_applicable'

/**
 * One step per row, the same rows for every device, so that devices compare side by side. A push that only took the
 * online channel has its steps in the rows of vendor and device; one that took both has the online ones below.
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
 * The first row in which devices fared differently; null for one device, or where all fared alike. A step that a device
 * never had to take is no difference.
 */
export function firstDifference(devices: readonly Step[][]): number | null {
  const rows = [...new Set(devices.flatMap((steps) => steps.map(({ row }) => row)))].sort((a, b) => a - b)
  const statesIn = (row: number) =>
    devices.flatMap((steps) => steps.filter((step) => step.row === row && step.state !== 'not_applicable'))
  return rows.find((row) => new Set(statesIn(row).map(({ state }) => state)).size > 1) ?? null
}
