import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { FunnelQuery } from '@/lib/contract/funnel'
import { DAY } from '@/lib/contract/limits'
import type { SeriesInterval } from '@/lib/report/funnel/series'
import { resolveRange } from '@/lib/report/range/range'
import type { Context } from '@/lib/service/context'

/** What a page draws where its address does not say: hours up to two days, else days; no hours where none are kept. */
export function drawnInterval(ctx: Pick<Context, 'clock'>, { app, query }: Scoped<FunnelQuery>): SeriesInterval {
  if (query.interval !== 'none') return app.byDay && query.interval === 'hour' ? 'day' : query.interval
  const nowS = ctx.clock.dataS()
  const { from, to } = resolveRange(query, { nowS, appOffsetMin: app.utcOffsetMin })
  return to - from <= 2 * DAY && !app.byDay ? 'hour' : 'day'
}
