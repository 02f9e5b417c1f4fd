import { HOUR, startOf, weekday } from './calendar'
import { taskIdOf } from './ids'
import { onlineOutcome, type SendContext, vendorOutcome } from './outcome'
import type { SeededRandom } from './random'
import { Rows } from './rows'

type Audience = 'all' | 'tag' | 'users'

export interface Campaign {
  taskId: string
  at: number
  label: string
  audience: Audience
  /** The fraction of devices it targets. */
  share: number
}

const LABELS: Record<Audience, string[]> = {
  all: ['Weekend sale', 'New season', 'Version 8 is here', 'Members day', 'Free delivery tonight', 'Holiday hours'],
  tag: ['Cart reminder', 'Shanghai pop-up', 'Back in stock', 'Live at eight', 'Coupon ends today', 'Readers of sport'],
  users: ['Survey, second wave', 'Beta invitation', 'Refund notice', 'Winners of the draw'],
}
/** Campaigns per weekday, from Sunday. The fraction is the chance of one more. */
const PER_DAY = [0.6, 1.4, 1.4, 1.3, 1.4, 1.6, 0.7]
const PER_SECOND = 200

/** Plans the campaigns of one local day, in order of time. Scheduled ones start on the minute, backend calls at any second. */
export function planOf(day: number, seed: number, sdkAppId: number, random: SeededRandom): Campaign[] {
  const wanted = PER_DAY[weekday(day)] ?? 1
  const count = Math.floor(wanted) + (random.chance(wanted % 1) ? 1 : 0)
  return Array.from({ length: count }, (_, n) => planned(day, n, seed, sdkAppId, random)).sort((a, b) => a.at - b.at)
}

function planned(day: number, n: number, seed: number, sdkAppId: number, random: SeededRandom): Campaign {
  const audience: Audience = (['all', 'tag', 'users'] as const)[random.weighted([30, 45, 25])] ?? 'tag'
  const hour = startOf(day) + random.int(9, 21) * HOUR
  const within = audience === 'users' ? random.int(0, HOUR) : random.chance(0.5) ? 0 : random.int(1, 12) * 300
  const labels = LABELS[audience]
  const share = { all: 0.8 + 0.2 * random.next(), tag: 0.1 + 0.25 * random.next(), users: 0.01 + 0.025 * random.next() }
  return {
    taskId: taskIdOf(seed, sdkAppId, hour + within, n, audience === 'users'),
    at: hour + within,
    label: labels[random.int(0, labels.length)] ?? audience,
    audience,
    share: share[audience],
  }
}

/** Generates the rows of one campaign. The first row has the campaign's own second; PER_SECOND devices follow each second. */
export function sendOf(campaign: Campaign, world: SendContext): Rows {
  const { random, devices } = world
  const rows = new Rows(devices.users * 4)
  let sent = 0
  for (let device = 0; device < devices.users * 2; device++) {
    const platform = devices.platform(device)
    if (platform === 0 || !random.chance(campaign.share)) continue
    const at = campaign.at + Math.floor(sent++ / PER_SECOND)
    const online = random.chance(0.12)
    if (online) rows.add({ at, device, platform: 0, push: 0, ...onlineOutcome(at, random) })
    if (!online || random.chance(0.4)) rows.add({ at, device, platform, push: 0, ...vendorOutcome(device, at, world) })
  }
  return rows.trim()
}
