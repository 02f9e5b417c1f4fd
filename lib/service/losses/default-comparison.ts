import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { DAY } from '@/lib/contract/limits'
import type { LossesQuery } from '@/lib/contract/losses'
import type { Comparison } from '@/lib/contract/ranges'
import { resolveRange } from '@/lib/report/range/range'
import type { Context } from '@/lib/service/context'

/** What a page holds its numbers against where its address does not say: the same weekdays up to a week, else the time before. */
export function drawnComparison(ctx: Pick<Context, 'clock'>, { app, query }: Scoped<LossesQuery>): Comparison {
  const nowS = ctx.clock.dataS()
  const { from, to } = resolveRange(query, { nowS, appOffsetMin: app.utcOffsetMin })
  return to - from < 7 * DAY ? 'weekday' : 'previous'
}
