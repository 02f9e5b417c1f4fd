import type { Words } from '@/components/i18n/words'
import type { VendorReply } from '@/lib/contract/funnel'
import { isKnownVendor, vendorFacts } from '@/lib/contract/vendors'

type Place = Pick<VendorReply, 'vendor' | 'channel'>

function isOnline({ vendor, channel }: Place): boolean {
  return vendor === 'unknown' && channel === 'online'
}

export function vendorKey({ vendor, channel }: Place): string {
  return channel === 'online' ? `${vendor}-online` : vendor
}

export function vendorMark(place: Place): string {
  if (isOnline(place)) return '↗'
  return vendorFacts(place.vendor)?.mark ?? '?'
}

/** Returns the vendor's name and its other names. Without a channel, number 0 may also be online push. */
export function vendorNames({ vendor, channel }: Place, { t, channels }: Words): { name: string; also: string } {
  if (isKnownVendor(vendor)) {
    const name = t(`vendors.${vendor}.name`)
    const also = t(`vendors.${vendor}.also`)
    return channel === 'online' ? { name: `${name} · ${t('vendors.online.name')}`, also } : { name, also }
  }
  if (vendor !== 'unknown') {
    const unnamed = t('vendors.unnamed.name', { n: vendor.replace('platform_', '') })
    const given = channels[vendor]
    return given === undefined ? { name: unnamed, also: t('vendors.unnamed.also') } : { name: given, also: unnamed }
  }
  const key = channel === 'online' ? 'online' : channel === null ? 'mixed' : 'unknown'
  return { name: t(`vendors.${key}.name`), also: t(`vendors.${key}.also`) }
}

/** Returns how to turn this vendor's receipts on. */
export function receiptsOf(vendor: string, { t }: Words): string {
  if (isKnownVendor(vendor)) return t(`vendors.${vendor}.receipts`)
  return t(`vendors.${vendor === 'unknown' ? 'unknown' : 'unnamed'}.receipts`)
}

/** Sorts by volume, largest first. Online push belongs to no vendor and comes last. */
export function byVolume(rows: readonly VendorReply[]): VendorReply[] {
  return [...rows].sort(
    (a, b) =>
      Number(isOnline(a)) - Number(isOnline(b)) ||
      (b.sendable ?? -1) - (a.sendable ?? -1) ||
      vendorKey(a).localeCompare(vendorKey(b), 'en'),
  )
}
