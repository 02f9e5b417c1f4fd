import { authorize, type Scoped } from '@/lib/access/authorize'
import type { Running } from '@/lib/context'
import { type FunnelQuery, funnelQuery } from '@/lib/contract/funnel'
import { DAY } from '@/lib/contract/limits'
import { type Question, resolveFunnel } from '@/lib/service/read/resolve-question'
import { SDK_APP_ID } from '../e2e/testing/emulator-process'

export const APP_ID = String(SDK_APP_ID)
/** The app's UTC offset in seconds, as in the demo: its days begin at 16:00 UTC. */
const SHIFT = 8 * 3_600

/** Returns the start of the app's current day, in epoch seconds. */
export function midnight(nowMs: number): number {
  return Math.floor((nowMs / 1_000 + SHIFT) / DAY) * DAY - SHIFT
}

/**
 * Returns the query of a funnel over the last full days. Each `i` below 3,600 gives a different text for the same range,
 * because seconds are truncated. No reply then comes from the cache.
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
  const viewer = { kind: 'token', id: 'bench', name: 'bench', role: 'viewer', apps: ['*'] } as const
  return resolveFunnel(ctx, authorize(viewer, 'read', await ctx.store.apps.get(APP_ID), funnelQuery.parse(keys)))
}
