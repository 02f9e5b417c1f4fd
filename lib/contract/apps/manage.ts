import { z } from 'zod'
import { APP_LIMITS } from '../limits'
import { REGIONS } from '../sources'

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}+$/u, 'holds a control character')

const bytes = (text: string) => new TextEncoder().encode(text).length

const sdkAppId = z.number().int().min(1).max(4_294_967_295)
const secretKey = z
  .string()
  .trim()
  .min(APP_LIMITS.leastKey)
  .max(APP_LIMITS.key)
  .regex(/^[!-~]+$/, 'holds a character that no key has')
const adminId = line(APP_LIMITS.adminId).refine((text) => bytes(text) <= APP_LIMITS.adminId, 'is too long')
const name = line(APP_LIMITS.name)
const region = z.enum(REGIONS)
const offset = z.string().regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'must look like +08:00')

/** '' removes a name. Format characters are refused too: some of them turn the text around. */
const channelName = z
  .string()
  .trim()
  .max(APP_LIMITS.channelName)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'holds a control character')

/** How many days back to collect. Tencent keeps statistics for 30 days. */
const collectDays = z.number().int().min(1).max(APP_LIMITS.days)

/** A new app. Without `collectDays` it stays a draft: check it first, then start collecting by a change. */
export const newAppBody = z.strictObject({
  sdkAppId,
  secretKey,
  adminId: adminId.default('administrator'),
  region: region.default('china'),
  name: name.optional(),
  utcOffset: offset.default('+08:00'),
  collectDays: collectDays.optional(),
})
export type NewAppBody = z.infer<typeof newAppBody>

/**
 * Fields left out stay. `utcOffset` can be changed while the app is a draft. A new key, administrator or region is tested first and replaces the present one only when Tencent
 * accepts it. `collectDays` starts collecting for a draft. `place` counts from 1 among the apps that the caller sees.
 * `channels` replaces all names; '' removes one.
 */
export const appChange = z.strictObject({
  name: name.optional(),
  secretKey: secretKey.optional(),
  adminId: adminId.optional(),
  region: region.optional(),
  utcOffset: offset.optional(),
  paused: z.boolean().optional(),
  collectDays: collectDays.optional(),
  place: z.number().int().min(1).max(APP_LIMITS.apps).optional(),
  channels: z
    .record(z.string().regex(/^platform_\d{1,9}$/), channelName)
    .refine((names) => Object.keys(names).length <= APP_LIMITS.channels, 'names too many channels')
    .optional(),
})
export type AppChangeBody = z.infer<typeof appChange>

/** `confirm` is the SDKAppID, typed again. `erase` deletes everything that was collected. */
export const appRemoval = z.strictObject({ confirm: z.string().max(20), archive: z.enum(['keep', 'erase']) })
export type AppRemovalBody = z.infer<typeof appRemoval>

/** Credentials to test without storing them. Without any, the stored ones are checked. */
export const checkBody = appChange.pick({ secretKey: true, adminId: true, region: true })
export type CheckBody = z.infer<typeof checkBody>

export const removedReply = z.object({ removed: z.literal(true) })
