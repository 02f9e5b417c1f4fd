/**
 * Every vendor that Tencent documents: its PushPlatform number, its mark in the interface, and whether it reports deliveries
 * without any set-up (upstream page 60540). The brands' logos may not be used, so a mark is one or two letters.
 */
const VENDORS = {
  apns: { platform: 1, mark: 'A', alwaysReports: false },
  xiaomi: { platform: 2, mark: 'mi', alwaysReports: true },
  huawei: { platform: 3, mark: 'HW', alwaysReports: false },
  fcm: { platform: 4, mark: 'F', alwaysReports: false },
  meizu: { platform: 5, mark: 'M', alwaysReports: false },
  oppo: { platform: 6, mark: 'OP', alwaysReports: true },
  vivo: { platform: 7, mark: 'vi', alwaysReports: false },
  honor: { platform: 8, mark: 'HO', alwaysReports: false },
} as const

export type KnownVendor = keyof typeof VENDORS
export type Vendor = KnownVendor | 'unknown' | `platform_${number}`
export type Channel = 'offline' | 'online' | null

export const KNOWN_VENDORS = Object.keys(VENDORS) as readonly KnownVendor[]
const BY_PLATFORM = new Map<number, KnownVendor>(KNOWN_VENDORS.map((vendor) => [VENDORS[vendor].platform, vendor]))

export function isKnownVendor(vendor: string): vendor is KnownVendor {
  return Object.hasOwn(VENDORS, vendor)
}

/** Returns what is fixed about a vendor; null for `unknown` and for undocumented numbers. */
export function vendorFacts(vendor: string): { platform: number; mark: string; alwaysReports: boolean } | null {
  return isKnownVendor(vendor) ? VENDORS[vendor] : null
}

/** PushPlatform 0 is `unknown` (or online push, which belongs to no vendor). An undocumented number keeps its number. */
export function vendorOf(platform: number): Vendor {
  if (platform === 0) return 'unknown'
  return BY_PLATFORM.get(platform) ?? `platform_${platform}`
}

export function platformOf(vendor: Vendor): number {
  if (vendor === 'unknown') return 0
  return vendorFacts(vendor)?.platform ?? Number(vendor.slice('platform_'.length))
}

/**
 * Returns the channel of an EventType: 1 is the vendor's channel, 2 is Tencent's own online push. `normal_push_*`
 * answers have none.
 */
export function channelOf(eventType: number | null): Channel {
  if (eventType === 1) return 'offline'
  return eventType === 2 ? 'online' : null
}
