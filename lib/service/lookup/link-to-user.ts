import 'server-only'
import { type Scoped, visibleApps } from '@/lib/access/authorize'
import { userHref } from '@/lib/contract/links'
import type { Context } from '@/lib/service/context'
import { sealAddress } from '@/lib/service/read/sealed-address'
import { recogniseText } from '@/lib/service/read/sealed-lookup'

/** Returns the page of the user whom the text of a code may name as well; null where it can only be a code. */
export async function linkToUser(
  ctx: Context,
  { app, principal, query }: Scoped<{ code: string }>,
): Promise<string | null> {
  const found = recogniseText(ctx, app, query.code)
  const candidates = 'text' in found && found.seen.kind === 'ids' ? found.seen.candidates : []
  const [userId] = candidates.flatMap((one) => (one.kind === 'user' && one.userId !== null ? [one.userId] : []))
  if (userId === undefined || !candidates.some(({ kind }) => kind === 'code')) return null
  const apps = visibleApps(principal, await ctx.store.apps.list())
  return userHref(apps.length > 1 ? app.id : null, sealAddress(ctx, app, 'user', userId))
}
