import { addApp, changeApp, removeApp } from '@/lib/browser/apps'
import type { AppReply } from '@/lib/contract/apps'
import { REGIONS } from '@/lib/contract/sources'

/**
 * Stores the fields of the form as a draft. A corrected draft is changed; one with another SDKAppID is another app, so the
 * first is removed. Throws `ApiError`.
 */
export async function storeDraft(draft: AppReply | null, fields: Record<string, string>): Promise<AppReply> {
  const { secretKey = '', adminId, utcOffset } = fields
  const sdkAppId = Number(fields.sdkAppId)
  const region = REGIONS.find((one) => one === fields.region)
  const name = fields.name || undefined
  if (draft && draft.sdkAppId === sdkAppId) {
    return changeApp(draft.id, { name, adminId, region, utcOffset, secretKey: secretKey || undefined })
  }
  const stored = await addApp({ sdkAppId, secretKey, adminId, region, utcOffset, name })
  if (draft) await removeApp(draft.id, { confirm: String(draft.sdkAppId), archive: 'keep' })
  return stored
}
