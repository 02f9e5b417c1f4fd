/** Vendors by Tencent's PushPlatform number, 1 to 8. `vendorOf` handles 0 and undocumented numbers. */
const VENDOR_BY_PLATFORM = ['apns', 'xiaomi', 'huawei', 'fcm', 'meizu', 'oppo', 'vivo', 'honor'] as const

export type KnownVendor = (typeof VENDOR_BY_PLATFORM)[number]
export type Vendor = KnownVendor | 'unknown' | `platform_${number}`
export type Channel = 'offline' | 'online' | null

export const KNOWN_VENDORS: readonly KnownVendor[] = VENDOR_BY_PLATFORM

/**
 * Returns the vendor of a PushPlatform number. 0 is `unknown` (or online push, which has no vendor). An undocumented
 * number keeps its number.
 */
export function vendorOf(platform: number): Vendor {
  if (platform === 0) return 'unknown'
  return VENDOR_BY_PLATFORM[platform - 1] ?? `platform_${platform}`
}

export function platformOf(vendor: Vendor): number {
  if (vendor === 'unknown') return 0
  const known = VENDOR_BY_PLATFORM.indexOf(vendor as KnownVendor)
  return known >= 0 ? known + 1 : Number(vendor.slice('platform_'.length))
}

/**
 * Returns the channel of an EventType: 1 is the vendor's channel, 2 is Tencent's own online push. `normal_push_*`
 * answers have none.
 */
export function channelOf(eventType: number | null): Channel {
  if (eventType === 1) return 'offline'
  return eventType === 2 ? 'online' : null
}
