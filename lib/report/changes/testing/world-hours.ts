import type { Incidents } from '@/emulator/world/incidents'
import { reasonAt } from '@/emulator/world/reasons'
import type { Rows } from '@/emulator/world/rows'
import { VENDORS } from '@/emulator/world/vendors'
import type { World } from '@/emulator/world/world'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { VendorCounts } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import { channelOf, vendorOf } from '@/lib/contract/vendors'
import type { StoredHour } from '../rate-hours'

/** Removes the incidents of a world that has generated no day yet. Huawei then reports from the first day on. */
export function withoutIncidents(world: World): World {
  const never = { from: 2 ** 40, to: 2 ** 40 }
  const incidents: Incidents = {
    vivoTokensStale: { from: never.from, ramp: 1, share: 0 },
    apnsCertificateExpired: never,
    xiaomiSilent: never,
    huaweiReceipts: { from: 0 },
  }
  return Object.assign(world, { incidents })
}

/** Returns the hours of a world as the archive has them at `nowS`: all fetched then, counted by the time of sending. */
export function worldHours(world: World, source: Source, nowS: number): StoredHour[] {
  const hours = new Map<number, Uint32Array>()
  for (const day of world.between(nowS - 35 * DAY, nowS)) {
    const all = source === 'chat' ? [day.chat] : day.campaigns.map(({ rows }) => rows)
    for (const rows of all) count(rows, nowS, hours)
  }
  const first = Math.min(...hours.keys())
  const length = Math.max(0, Math.floor(nowS / HOUR) - first)
  return Array.from({ length }, (_, i) => storedHour(first + i, hours.get(first + i), { source, nowS }))
}

function count(
  { at, platform, reason, deliveredAt, clickedAt, length }: Rows,
  nowS: number,
  hours: Map<number, Uint32Array>,
) {
  for (let i = 0; i < length; i++) {
    const sentAt = at[i] ?? 0
    if (sentAt > nowS) break
    const hour = Math.floor(sentAt / HOUR)
    const counts = hours.get(hour) ?? new Uint32Array(VENDORS.length * 4)
    hours.set(hour, counts)
    const row = (platform[i] ?? 0) * 4
    const add = (field: number, happened: boolean) => {
      if (happened) counts[row + field] = (counts[row + field] ?? 0) + 1
    }
    const why = reason[i] ?? 0
    add(0, true)
    add(1, why === 0 || reasonAt(why).where !== 'before')
    add(2, (deliveredAt[i] ?? 0) > 0 && (deliveredAt[i] ?? 0) <= nowS)
    add(3, (clickedAt[i] ?? 0) > 0 && (clickedAt[i] ?? 0) <= nowS)
  }
}

function storedHour(
  hour: number,
  counts: Uint32Array = new Uint32Array(VENDORS.length * 4),
  { source, nowS }: { source: Source; nowS: number },
): StoredHour {
  const total = { sendable: 0, sent: 0, delivered: 0, clicked: 0 }
  const rows = VENDORS.flatMap((_, platform): VendorCounts[] => {
    const [sendable = 0, sent = 0, delivered = 0, clicked = 0] = counts.subarray(platform * 4, platform * 4 + 4)
    if (sendable === 0) return []
    total.sendable += sendable
    total.sent += sent
    total.delivered += delivered
    total.clicked += clicked
    const channel = source === 'task' ? channelOf(platform === 0 ? 2 : 1) : null
    return [{ vendor: vendorOf(platform), channel, sendable, sent, delivered, clicked }]
  })
  return { from: hour * HOUR, to: (hour + 1) * HOUR, fetchedAt: nowS, total, rows }
}
