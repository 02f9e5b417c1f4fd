import { reasonIndex } from './reasons'

/** How one vendor's channel behaves. Rates are fractions. */
export interface VendorProfile {
  name: string
  weight: number
  /** Whether it reports deliveries. Huawei's receipts begin with an incident. */
  receipts: boolean
  reach: number
  /** Whether receipts arrive at the next sign-in instead of immediately. */
  slow: boolean
  click: number
  /** Reasons for tokens that no longer exist. */
  dead: readonly number[]
  /** The reason when notifications are off; null if the vendor reports none. */
  muted: number | null
  /** The reason for marketing pushes above the daily cap, and the share of pushes it affects. */
  cap: number | null
  capShare: number
}

const OFF = { muted: null, cap: null, capShare: 0 }

/** Profiles by PushPlatform. 0 is Tencent's online push, which uses no vendor. */
export const VENDORS: readonly VendorProfile[] = [
  { ...OFF, name: 'online', weight: 0, receipts: true, reach: 0.997, slow: false, click: 0.16, dead: [] },
  {
    ...OFF,
    name: 'APNs',
    weight: 0.27,
    receipts: true,
    reach: 0.74,
    slow: true,
    click: 0.062,
    dead: [reasonIndex('410'), reasonIndex('410'), reasonIndex('400', 'BadDevice')],
  },
  {
    name: 'Xiaomi',
    weight: 0.15,
    receipts: true,
    reach: 0.91,
    slow: false,
    click: 0.047,
    dead: [reasonIndex('20301'), reasonIndex('16')],
    muted: reasonIndex('32'),
    cap: reasonIndex('200001'),
    capShare: 0.05,
  },
  {
    name: 'Huawei',
    weight: 0.17,
    receipts: true,
    reach: 0.9,
    slow: false,
    click: 0.044,
    dead: [reasonIndex('80300007')],
    muted: reasonIndex('6'),
    cap: reasonIndex('256'),
    capShare: 0.06,
  },
  {
    name: 'FCM',
    weight: 0.08,
    receipts: false,
    reach: 0.88,
    slow: false,
    click: 0.051,
    dead: [reasonIndex('UNREGISTERED')],
    muted: null,
    cap: reasonIndex('QUOTA_EXCEEDED'),
    capShare: 0.01,
  },
  {
    name: 'Meizu',
    weight: 0.03,
    receipts: false,
    reach: 0.8,
    slow: false,
    click: 0.02,
    dead: [reasonIndex('110002')],
    muted: null,
    cap: reasonIndex('110011'),
    capShare: 0.08,
  },
  {
    name: 'OPPO',
    weight: 0.12,
    receipts: true,
    reach: 0.89,
    slow: false,
    click: 0.039,
    dead: [reasonIndex('1', 'regid')],
    muted: null,
    cap: reasonIndex('2'),
    capShare: 0.09,
  },
  {
    name: 'vivo',
    weight: 0.12,
    receipts: true,
    reach: 0.87,
    slow: false,
    click: 0.036,
    dead: [reasonIndex('10302', 'User'), reasonIndex('10302', 'regId')],
    muted: reasonIndex('10311'),
    cap: reasonIndex('10070'),
    capShare: 0.06,
  },
  {
    ...OFF,
    name: 'Honor',
    weight: 0.06,
    receipts: false,
    reach: 0.88,
    slow: false,
    click: 0.041,
    dead: [reasonIndex('80300007')],
  },
]

export const APNS = 1
export const XIAOMI = 2
export const HUAWEI = 3
export const MEIZU = 5
export const VIVO = 7
export const HONOR = 8

export function vendorAt(platform: number): VendorProfile {
  const vendor = VENDORS[platform]
  if (!vendor) throw new Error(`no vendor ${platform}`)
  return vendor
}
