import { authorize, type Scoped } from '@/lib/access/authorize'
import type { Running } from '@/lib/context'
import { type FunnelQuery, funnelQuery } from '@/lib/contract/funnel'
import { DAY } from '@/lib/contract/limits'
import { type Question, resolveFunnel } from '@/lib/service/read/resolve-question'
import { SDK_APP_ID } from '../e2e/emulator'

export const APP_ID = String(SDK_APP_ID)
/** The app's offset, that of the demo: its days begin at 16:00 UTC. */
const SHIFT = 8 * 3_600

/** The begin of the present day where the app is, epoch seconds. */
export function midnight(nowMs: number): number {
  return Math.floor((nowMs / 1_000 + SHIFT) / DAY) * DAY - SHIFT
}

/**
 * The keys of a funnel over the last full days. Each `i` below 3 600 gives another text of the same range, since seconds
 * are cut off: so no reply is one that was given a moment ago.
 */
export function lastDays(days: number, i = 0, more: Record<string, string> = {}): Record<string, string> {
  const to = midnight(Date.now())
  return {
    source: 'task',
    from: String(to - days * DAY + (i % 60)),
    to: String(to + (Math.floor(i / 60) % 60)),
    ...more,
  }
}

export async function scoped(
  { ctx }: Pick<Running, 'ctx'>,
  keys: Record<string, string>,
): Promise<Scoped<Question<FunnelQuery>>> {
  const viewer = { kind: 'token', id: 'bench', name: 'bench', role: 'viewer', app: '*' } as const
  return resolveFunnel(ctx, authorize(viewer, 'read', await ctx.store.apps.get(APP_ID), funnelQuery.parse(keys)))
}
