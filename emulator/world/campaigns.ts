import { DAY, dayOf, HOUR, hourOf, startOf, TRAFFIC_BY_HOUR } from './calendar'
import type { Campaign } from './campaign-plan'
import { type Devices, userOf } from './devices'
import { onlineOutcome, type SendContext, vendorOutcome } from './outcome'
import type { SeededRandom } from './random'
import { Rows } from './rows'

const PER_SECOND = 200
const SLOT = 600
/** The least traffic of a slot, so that a campaign that starts most at once still ends slowly. */
const TAIL = 0.15

/** Generates the rows of one campaign, in order of time. The first row has the campaign's own second. */
export function sendOf(campaign: Campaign, world: SendContext): Rows {
  const { random, devices } = world
  const targets = targetsOf(campaign, devices, random)
  const times = sendTimes(campaign, targets.length)
  const rows = new Rows(targets.length * 2)
  targets.forEach((device, i) => {
    const at = times[i] ?? campaign.at
    const online = random.chance(0.12)
    if (online) rows.add({ at, device, platform: 0, push: 0, ...onlineOutcome(at, world) })
    if (!online || random.chance(0.4)) {
      rows.add({ at, device, platform: devices.platform(device), push: 0, ...vendorOutcome(device, at, world) })
    }
  })
  return rows.trim()
}

function targetsOf({ share, half }: Campaign, devices: Devices, random: SeededRandom): Uint32Array {
  const targets = new Uint32Array(devices.users * 2)
  let count = 0
  for (let device = 0; device < targets.length; device++) {
    if (devices.platform(device) === 0 || !random.chance(half === null ? share : share * 2)) continue
    if (half === null || userOf(device) % 2 === half) targets[count++] = device
  }
  return targets.slice(0, count)
}

/** Returns the epoch second of each push, ascending. All are on the campaign's local day. */
function sendTimes({ at, spread, hours }: Campaign, count: number): Uint32Array {
  const times = new Uint32Array(count)
  if (spread === 'burst') return times.map((_, i) => at + Math.floor(i / PER_SECOND))
  const end = Math.min(at + hours * HOUR, startOf(dayOf(at)) + DAY)
  const slots = Math.floor((end - at) / SLOT)
  const weights = Array.from({ length: slots }, (_, slot) =>
    spread === 'front' ? Math.max(TAIL, 1 - slot / slots) : (TRAFFIC_BY_HOUR[hourOf(at + slot * SLOT)] ?? 0),
  )
  const step = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, count)
  let [slot, before] = [0, 0]
  for (let i = 0; i < count; i++) {
    while (slot < slots - 1 && before + (weights[slot] ?? 0) <= i * step) before += weights[slot++] ?? 0
    times[i] = at + slot * SLOT + Math.floor(((i * step - before) / (weights[slot] ?? 1)) * SLOT)
  }
  return times
}
