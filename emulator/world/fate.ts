import { HOUR } from './calendar'
import type { Devices } from './devices'
import type { Dice } from './dice'
import { type Incidents, staleShare, within } from './incidents'
import { reasonAt, reasonIndex } from './reasons'
import type { Row } from './rows'
import { APNS, HUAWEI, MEIZU, VIVO, vendorAt, XIAOMI } from './vendors'

/** Nothing is heard of a push later than this after it was sent. */
export const GROWS_FOR = 48 * HOUR

export interface Circumstances {
  devices: Devices
  incidents: Incidents
  dice: Dice
  marketing: boolean
}

type Fate = Pick<Row, 'reason' | 'lostAt' | 'deliveredAt' | 'clickedAt'>

const NO_CERT = reasonIndex('-1', 'Cert')
const NO_CERT_ZH = reasonIndex('-1', '没')
const NO_TOKEN = reasonIndex('-2', 'token')
const NO_TOKEN_ZH = reasonIndex('-2', '没')
const BAD_CERTIFICATE = reasonIndex('400', 'BadCert')
const STALE = reasonIndex('10302', 'User')
const INTERNAL = reasonIndex('1', 'internal')

/** What becomes of one push through a vendor's channel. */
export function vendorFate(device: number, at: number, world: Circumstances): Fate {
  const { devices, dice } = world
  const platform = devices.platform(device)
  const chinese = platform === VIVO || platform === MEIZU
  if (devices.certMissing(device)) return lost(chinese ? NO_CERT_ZH : NO_CERT, at)
  if (devices.tokenMissing(device)) return lost(chinese ? NO_TOKEN_ZH : NO_TOKEN, at)
  const refusal = refusalOf(device, platform, at, world)
  if (refusal === null) return reached(platform, at, dice, reports(platform, at, world))
  const byReceipt = reasonAt(refusal).where === 'device'
  if (byReceipt && !reports(platform, at, world)) return lost(0, at)
  return lost(refusal, at + (byReceipt ? receiptDelay(dice, false) : dice.int(0, 3)))
}

/** What becomes of one push to a device that is online. */
export function onlineFate(at: number, dice: Dice): Fate {
  const online = vendorAt(0)
  if (!dice.chance(online.reach)) return lost(0, at)
  const deliveredAt = at + dice.int(0, 4)
  return {
    reason: 0,
    lostAt: 0,
    deliveredAt,
    clickedAt: dice.chance(online.click) ? deliveredAt + clickDelay(dice) : 0,
  }
}

/** The reason for which the vendor or the device turns the push down, or null. */
function refusalOf(device: number, platform: number, at: number, world: Circumstances): number | null {
  const { devices, dice, incidents, marketing } = world
  const vendor = vendorAt(platform)
  if (platform === APNS && within(at, incidents.apnsCertificateExpired)) return BAD_CERTIFICATE
  if (platform === VIVO && devices.turn(device) < staleShare(at, incidents.vivoTokensStale)) return STALE
  if (platform === XIAOMI && within(at, incidents.xiaomiSilent)) return null
  if (devices.dead(device)) return vendor.dead[devices.trait(device, 0) % vendor.dead.length] ?? null
  if (devices.muted(device)) return vendor.muted ?? 0
  if (marketing && vendor.cap !== null && dice.chance(vendor.capShare)) return vendor.cap
  return platform === XIAOMI && dice.chance(0.002) ? INTERNAL : null
}

function reports(platform: number, at: number, { incidents }: Circumstances): boolean {
  if (platform === HUAWEI && at < incidents.huaweiReceipts.from) return false
  if (platform === XIAOMI && within(at, incidents.xiaomiSilent)) return false
  return vendorAt(platform).receipts
}

/** `reason` 0: handed over and never heard of again. */
function lost(reason: number, lostAt: number): Fate {
  return { reason, lostAt: reason === 0 ? 0 : lostAt, deliveredAt: 0, clickedAt: 0 }
}

/** A click tells the server of the delivery too, so a receipt never comes after the click. */
function reached(platform: number, at: number, dice: Dice, reports: boolean): Fate {
  const vendor = vendorAt(platform)
  const arrives = dice.chance(vendor.reach)
  const receipt = at + receiptDelay(dice, vendor.slow)
  const click = at + clickDelay(dice)
  const clicked = dice.chance(vendor.click)
  if (!arrives) return lost(0, at)
  const deliveredAt = reports ? (clicked ? Math.min(receipt, click) : receipt) : 0
  return { reason: 0, lostAt: 0, deliveredAt, clickedAt: clicked ? click : 0 }
}

function receiptDelay(dice: Dice, slow: boolean): number {
  const luck = dice.next()
  if (luck < (slow ? 0.45 : 0.8)) return dice.int(1, 10)
  if (luck < (slow ? 0.65 : 0.93)) return dice.int(10, 600)
  if (luck < (slow ? 0.9 : 0.985)) return dice.int(600, 8 * HOUR)
  return dice.int(8 * HOUR, slow ? GROWS_FOR : 30 * HOUR)
}

function clickDelay(dice: Dice): number {
  const luck = dice.next()
  if (luck < 0.5) return dice.int(5, 600)
  if (luck < 0.85) return dice.int(600, 4 * HOUR)
  return dice.int(4 * HOUR, GROWS_FOR - 10)
}
