import 'server-only'
import { visibleApps } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import type { AppReply } from '@/lib/contract/apps'
import type { Role } from '@/lib/contract/roles'
import type { AppRow } from '@/lib/store/apps'
import type { Context } from './context'

/** The apps a principal has a role on; throws `not_signed_in` for nobody. */
export async function listApps(ctx: Context, principal: Principal): Promise<{ items: AppReply[]; next: null }> {
  const apps = visibleApps(principal, await ctx.store.apps.list())
  return { items: apps.map(({ app, role }) => appReply(app, role)), next: null }
}

export function appReply(app: AppRow, role: Role): AppReply {
  const { id, sdkAppId, name, region, origin, demo } = app
  return { id, sdkAppId, name, region, origin, demo, role, utcOffset: offsetText(app.utcOffsetMin) }
}

export function offsetText(minutes: number): string {
  const part = (value: number) => String(value).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${part(Math.floor(size / 60))}:${part(size % 60)}`
}
