import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { Source } from '@/lib/contract/sources'
import type { Vendor } from '@/lib/contract/vendors'
import { candidateOf } from '@/lib/report/paste/recognise'
import { iso } from '@/lib/report/range/iso-time'
import type { Context } from '@/lib/service/context'
import { openKey } from './kept-trace'
import { askedOf, sealState, stateOf } from './lookup-state'

/** A look-up that is kept; `href` holds it sealed, for whoever may look up in this app. */
export interface ExampleTrace {
  href: string
  vendor: Vendor
  /** ISO. */
  fetchedAt: string
}

/** The last look-up kept that ended with a code; null where there is none. */
export async function getExampleTrace(
  ctx: Context,
  { app, query: { source, code } }: Scoped<{ source: Source; code: string }>,
): Promise<ExampleTrace | null> {
  const held = await ctx.store.traceCodes.newest({ appId: app.id, source, code })
  if (!held) return null
  const [first = null, userId = null] = openKey(ctx, app, held)
  const fields = source === 'chat' ? { pushId: first } : { taskId: first, userId }
  const one = candidateOf(source === 'chat' ? 'push' : 'task_user', fields, askedOf(ctx, app))
  const k = sealState(ctx, app, stateOf(one))
  return {
    href: `/lookup?${new URLSearchParams({ app: app.id, k })}`,
    vendor: held.vendor,
    fetchedAt: iso(held.fetchedAt),
  }
}
