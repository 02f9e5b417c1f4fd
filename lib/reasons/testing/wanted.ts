import type { KnownVendor } from '@/lib/contract/vendors'
import type { Actor, Cause } from '../causes'
import { APNS, FCM } from './wanted-apns-fcm'
import { HONOR, HUAWEI } from './wanted-huawei-honor'
import { MEIZU, VIVO } from './wanted-vivo-meizu'
import { OPPO, XIAOMI } from './wanted-xiaomi-oppo'

type Sureness = 'certain' | 'likely' | 'open'

export type Wanted = readonly [
  code: string,
  text: string,
  cause: Cause,
  owner: Actor,
  withText: Sureness,
  alone: Sureness,
  withoutVendor: Sureness,
]

const BY_VENDOR: readonly [KnownVendor, readonly Wanted[]][] = [
  ['apns', APNS],
  ['fcm', FCM],
  ['huawei', HUAWEI],
  ['honor', HONOR],
  ['xiaomi', XIAOMI],
  ['oppo', OPPO],
  ['vivo', VIVO],
  ['meizu', MEIZU],
]

/** Every hand-written row with its vendor. */
export const WANTED = BY_VENDOR.flatMap(([vendor, rows]) =>
  rows.map(([code, text, cause, owner, withText, alone, withoutVendor]) => ({
    vendor,
    code,
    text,
    cause,
    owner,
    withText,
    alone,
    withoutVendor,
  })),
)
