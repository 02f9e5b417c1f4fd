import 'server-only'
import { type By, byOf, recordAuditAs } from '@/lib/access/audit'
import { authorizeAdmin } from '@/lib/access/authorize'
import { wallS } from '@/lib/access/deps'
import type { Principal } from '@/lib/access/principal'
import type { AppReply } from '@/lib/contract/apps'
import type { NewAppBody } from '@/lib/contract/apps/manage'
import { PushlensError } from '@/lib/contract/errors'
import { APP_LIMITS, DAY } from '@/lib/contract/limits'
import type { Context } from '@/lib/service/context'
import { managedApp, offsetMinutes } from '@/lib/service/read/app-reply'
import type { AppRow } from '@/lib/store/people/apps'

/**
 * Adds an app, for administrators of all apps. Without `collectDays` it is a draft: nothing calls Tencent for it but a check.
 */
export async function addApp(ctx: Context, who: Principal, body: NewAppBody): Promise<AppReply> {
  const { principal, query } = authorizeAdmin(who, body)
  const app = await createApp(ctx, query, byOf(principal))
  ctx.collector?.look()
  return managedApp(ctx, app, 'admin')
}

/**
 * Does the same for the command line. An app that was removed comes back with its archive. Throws `conflict` if the app is
 * connected already.
 */
export async function createApp(
  { store, vault, clock }: Pick<Context, 'store' | 'vault' | 'clock'>,
  given: NewAppBody,
  by: By,
): Promise<AppRow> {
  const id = String(given.sdkAppId)
  if (await store.apps.get(id)) throw new PushlensError('conflict', 'this app is connected already', 'sdkAppId')
  const key = vault.newKey(id, given.secretKey)
  const { sdkAppId, adminId, region, collectDays } = given
  const row = await store.apps.upsert({
    id,
    sdkAppId,
    adminId,
    region,
    name: given.name ?? `App ${id}`,
    baseUrl: null,
    utcOffsetMin: offsetMinutes(given.utcOffset),
    origin: 'interface',
    demo: false,
    draft: collectDays === undefined,
    key,
    createdAt: wallS(clock),
  })
  // An app that was removed keeps its data key, because its archive is sealed under it.
  if (row.key.fingerprint !== key.fingerprint) await store.apps.setKey(id, vault.otherKey(row, given.secretKey))
  const beginning = collectDays === undefined ? {} : collectingFrom(clock, collectDays)
  await store.apps.update(id, beginning)
  await store.apps.setPaused(id, null)
  await recordAuditAs(
    { audit: store.audit, clock },
    { ...by, action: 'app.add', appId: id, detail: { region, adminId, days: collectDays ?? null } },
  )
  const stored = await store.apps.get(id)
  if (!stored) throw new PushlensError('not_found', 'the app was removed meanwhile')
  return stored
}

/** Returns what starts the collection now, as far back as asked. The largest number of days is all that Tencent has. */
export function collectingFrom(clock: Context['clock'], days: number) {
  const fillFrom = days >= APP_LIMITS.days ? null : clock.dataS() - days * DAY
  return { draft: false, fillFrom, createdAt: wallS(clock) }
}
