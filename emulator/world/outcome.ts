import { HOUR } from './calendar'
import type { Devices } from './devices'
import { type Incidents, isWithin, staleShare } from './incidents'
import type { SeededRandom } from './random'
import { reasonAt, reasonIndex } from './reasons'
import type { Row } from './rows'
import { APNS, HUAWEI, MEIZU, VIVO, vendorAt, XIAOMI } from './vendors'

/** The longest time from sending to a receipt, click or loss, in seconds. */
export const MAX_EVENT_DELAY = 48 * HOUR

export interface SendContext {
  devices: Devices
  incidents: Incidents
  random: SeededRandom
  /** Whether the vendors' limits for marketing messages apply. */
  marketing: boolean
  /** Multiplies the click rates. */
  appeal: number
}

type Outcome = Pick<Row, 'reason' | 'lostAt' | 'deliveredAt' | 'clickedAt'>

const NO_CERT = reasonIndex('-1', 'Cert')
const NO_CERT_ZH = reasonIndex('-1', '没')
const NO_TOKEN = reasonIndex('-2', 'token')
const NO_TOKEN_ZH = reasonIndex('-2', '没')
const BAD_CERTIFICATE = reasonIndex('400', 'BadCert')
const STALE = reasonIndex('10302', 'User')
const INTERNAL = reasonIndex('1', 'internal')

/** Decides the outcome of one push through a vendor's channel. */
export function vendorOutcome(device: number, at: number, world: SendContext): Outcome {
  const { devices, random } = world
  const platform = devices.platform(device)
  const chinese = platform === VIVO || platform === MEIZU
  if (devices.certMissing(device)) return lost(chinese ? NO_CERT_ZH : NO_CERT, at)
  if (devices.tokenMissing(device)) return lost(chinese ? NO_TOKEN_ZH : NO_TOKEN, at)
  const refusal = refusalOf(device, platform, at, world)
  if (refusal === null) return reached(platform, at, world)
  const byReceipt = reasonAt(refusal).where === 'device'
  if (byReceipt && !reports(platform, at, world)) return lost(0, at)
  return lost(refusal, at + (byReceipt ? receiptDelay(random, false) : random.int(0, 3)))
}

/** Decides the outcome of one push to an online device. */
export function onlineOutcome(at: number, { random, appeal }: SendContext): Outcome {
  const online = vendorAt(0)
  if (!random.chance(online.reach)) return lost(0, at)
  const deliveredAt = at + random.int(0, 4)
  return {
    reason: 0,
    lostAt: 0,
    deliveredAt,
    clickedAt: random.chance(online.click * appeal) ? deliveredAt + clickDelay(random) : 0,
  }
}

/** Returns why the vendor or the device refuses the push, or null. */
function refusalOf(device: number, platform: number, at: number, world: SendContext): number | null {
  const { devices, random, incidents, marketing } = world
  const vendor = vendorAt(platform)
  if (platform === APNS && isWithin(at, incidents.apnsCertificateExpired)) return BAD_CERTIFICATE
  if (platform === VIVO && devices.staleRank(device) < staleShare(at, incidents.vivoTokensStale)) return STALE
  if (platform === XIAOMI && isWithin(at, incidents.xiaomiSilent)) return null
  if (devices.dead(device)) return vendor.dead[devices.trait(device, 0) % vendor.dead.length] ?? null
  if (devices.muted(device)) return vendor.muted ?? 0
  if (marketing && vendor.cap !== null && random.chance(vendor.capShare)) return vendor.cap
  return platform === XIAOMI && random.chance(0.002) ? INTERNAL : null
}

function reports(platform: number, at: number, { incidents }: SendContext): boolean {
  if (platform === HUAWEI && at < incidents.huaweiReceipts.from) return false
  if (platform === XIAOMI && isWithin(at, incidents.xiaomiSilent)) return false
  return vendorAt(platform).receipts
}

/** Builds a loss. `reason` 0 means sent to the vendor without any report. */
function lost(reason: number, lostAt: number): Outcome {
  return { reason, lostAt: reason === 0 ? 0 : lostAt, deliveredAt: 0, clickedAt: 0 }
}

/** Builds a delivery. A click also reports the delivery, so a receipt never comes after the click. */
function reached(platform: number, at: number, world: SendContext): Outcome {
  const { random, appeal } = world
  const vendor = vendorAt(platform)
  const arrives = random.chance(vendor.reach)
  const receipt = at + receiptDelay(random, vendor.slow)
  const click = at + clickDelay(random)
  const clicked = random.chance(vendor.click * appeal)
  if (!arrives) return lost(0, at)
  const deliveredAt = reports(platform, at, world) ? (clicked ? Math.min(receipt, click) : receipt) : 0
  return { reason: 0, lostAt: 0, deliveredAt, clickedAt: clicked ? click : 0 }
}

function receiptDelay(random: SeededRandom, slow: boolean): number {
  const luck = random.next()
  if (luck < (slow ? 0.45 : 0.8)) return random.int(1, 10)
  if (luck < (slow ? 0.65 : 0.93)) return random.int(10, 600)
  if (luck < (slow ? 0.9 : 0.985)) return random.int(600, 8 * HOUR)
  return random.int(8 * HOUR, slow ? MAX_EVENT_DELAY : 30 * HOUR)
}

function clickDelay(random: SeededRandom): number {
  const luck = random.next()
  if (luck < 0.5) return random.int(5, 600)
  if (luck < 0.85) return random.int(600, 4 * HOUR)
  return random.int(4 * HOUR, MAX_EVENT_DELAY - 10)
}
