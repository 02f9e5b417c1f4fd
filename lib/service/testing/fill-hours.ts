import { HOUR } from '@/lib/contract/limits'
import type { Context } from '@/lib/service/context'

/** Stores what a running collector would have: hours of both sources. */
export async function fillHours(ctx: Context, appId: string, from: number, to: number): Promise<void> {
  const app = await ctx.store.apps.get(appId)
  if (!app) throw new Error('no app')
  const asked = [] as Promise<unknown>[]
  for (let at = from - (from % HOUR); at < to; at += HOUR) {
    for (const source of ['task', 'chat'] as const) {
      const wanted = {
        app: ctx.upstreamApp(app),
        source,
        metric: 'statistics' as const,
        tasks: [''],
        window: { from: at, to: at + HOUR },
      }
      asked.push(
        ...(await ctx.archive.find(wanted, { priority: 'bulk', waiter: null })).tickets.map(({ done }) => done),
      )
    }
  }
  await Promise.all(asked)
}
