import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { lookupHref } from '@/lib/contract/links'
import type { Source } from '@/lib/contract/sources'
import type { Vendor } from '@/lib/contract/vendors'
import { candidateOf } from '@/lib/report/paste/recognise'
import { iso } from '@/lib/report/range/iso-time'
import type { Context } from '@/lib/service/context'
import { onlyCandidate, recognitionContext, sealLookup } from '@/lib/service/read/sealed-lookup'
import { openTraceIds } from '@/lib/service/read/stored-trace'

/** A stored look-up. Its `href` is sealed: everybody who may look up in this app can open it. */
export interface ExampleTrace {
  href: string
  vendor: Vendor
  /** ISO. */
  fetchedAt: string
}

/** Returns the last stored look-up that ended with a code; null where there is none. */
export async function getExampleTrace(
  ctx: Context,
  { app, query: { source, code } }: Scoped<{ source: Source; code: string }>,
): Promise<ExampleTrace | null> {
  const row = await ctx.store.traceCodes.newest({ appId: app.id, source, code })
  if (!row) return null
  const [first = null, userId = null] = openTraceIds(ctx, app, row)
  const fields = source === 'chat' ? { pushId: first } : { taskId: first, userId }
  const one = candidateOf(source === 'chat' ? 'push' : 'task_user', fields, recognitionContext(ctx, app))
  return {
    href: lookupHref(app.id, sealLookup(ctx, app, onlyCandidate(one))),
    vendor: row.vendor,
    fetchedAt: iso(row.fetchedAt),
  }
}
