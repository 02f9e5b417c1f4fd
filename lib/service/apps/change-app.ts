import 'server-only'
import { recordAudit } from '@/lib/access/audit'
import { administersAll, type Scoped } from '@/lib/access/authorize'
import { wallS } from '@/lib/access/deps'
import type { AppReply } from '@/lib/contract/apps'
import type { AppChangeBody } from '@/lib/contract/apps/manage'
import { PushlensError } from '@/lib/contract/errors'
import type { Context } from '@/lib/service/context'
import { managedApp, offsetMinutes } from '@/lib/service/read/app-reply'
import { collectingFrom } from './add-app'
import { requireAccepted } from './check-credentials'

/**
 * Changes an app. Other credentials take over only after Tencent has accepted them; until then, and if it refuses them, the
 * present ones stay in use. Throws `set_by_environment` for what the environment sets.
 */
export async function changeApp(ctx: Context, scoped: Scoped<AppChangeBody>): Promise<AppReply> {
  const { app, principal, role, query } = scoped
  const { name, collectDays, paused, place, channels, secretKey, adminId, region } = query
  const given = { secretKey, adminId, region }
  const isOtherCredential = Object.values(given).some((value) => value !== undefined)
  if (app.id === ctx.givenApp && (isOtherCredential || name !== undefined)) {
    throw new PushlensError('set_by_environment', 'the environment sets the name and the credentials of this app')
  }
  if (place !== undefined && !administersAll(principal)) {
    throw new PushlensError('forbidden', 'the order of apps is the same for everybody')
  }
  if (query.utcOffset !== undefined && !app.draft) {
    throw new PushlensError('bad_request', 'the archive has days of the present offset', 'utcOffset')
  }
  if (isOtherCredential && !app.draft) await requireAccepted(ctx, { ...scoped, query: withoutAbsent(given) })
  await ctx.store.apps.update(app.id, {
    ...withoutAbsent({ name, adminId, region }),
    ...(query.utcOffset === undefined ? {} : { utcOffsetMin: offsetMinutes(query.utcOffset) }),
    ...(secretKey === undefined ? {} : { key: ctx.vault.otherKey(app, secretKey) }),
    ...(collectDays === undefined ? {} : collectingFrom(ctx.clock, collectDays)),
    ...(channels === undefined ? {} : { channelNames: named(channels) }),
  })
  if (isOtherCredential) await ctx.gateway.renew(app.id)
  // Pausing again keeps the time of the first pause.
  if (paused !== undefined && paused !== (app.pausedAt !== null)) {
    await ctx.store.apps.setPaused(app.id, paused ? wallS(ctx.clock) : null)
  }
  if (place !== undefined) await moveTo(ctx, app.id, place)
  await recordChange(ctx, scoped)
  ctx.collector?.look()
  const changed = await ctx.store.apps.get(app.id)
  if (!changed) throw new PushlensError('not_found', 'the app was removed meanwhile')
  return managedApp(ctx, changed, role)
}

/** Records which fields were changed, and the values of those that are no secret. */
async function recordChange(ctx: Context, { app, principal, query }: Scoped<AppChangeBody>): Promise<void> {
  const { name, adminId, region, paused, collectDays, place, channels, secretKey } = query
  const channelCount = channels && Object.keys(channels).length
  const detail = withoutAbsent({ name, adminId, region, paused, collectDays, place, channels: channelCount })
  await recordAudit(ctx, { app, principal }, secretKey === undefined ? 'app.change' : 'app.key', detail)
}

async function moveTo({ store }: Context, id: string, place: number): Promise<void> {
  const others = (await store.apps.list()).map((app) => app.id).filter((one) => one !== id)
  await store.apps.sort([...others.slice(0, place - 1), id, ...others.slice(place - 1)])
}

/** Leaves out channels whose name was removed. */
function named(channels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(channels).filter(([, name]) => name !== ''))
}

function withoutAbsent<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
