import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { FunnelQuery } from '@/lib/contract/funnel'
import type { LossStageReply } from '@/lib/contract/losses'
import type { LossStage } from '@/lib/contract/records'
import { markKnownReasons } from '@/lib/report/losses/known-reasons'
import { withTopReason } from '@/lib/report/losses/top-reason'
import type { Context } from '@/lib/service/context'
import { readLossTrend } from '@/lib/service/read/losses/loss-trend'
import { asReader } from '@/lib/service/read/reader'
import type { Question } from '@/lib/service/read/resolve-question'
import { readLossStages } from './loss-stages'

type TopReason = NonNullable<LossStageReply['top']> & {
  /** The unexplained part of the loss, as a fraction; null where it is unknown or negative. */
  unexplained: number | null
}

/** The top loss reason of each stage; null where no reason explains a part of its loss. */
export type TopReasons = Record<LossStage, TopReason | null>

const NONE: TopReasons = { ready_to_send: null, post_send: null }

/** Returns the top loss reasons of a range from what is stored. Requests nothing from Tencent. */
export async function getTopReasons(
  ctx: Context,
  { app, principal, query: { query, range, nowS } }: Scoped<Question<FunnelQuery>>,
): Promise<TopReasons> {
  const { source, task } = query
  if (task.length > 0) return NONE
  const [{ stages }, marked] = await Promise.all([
    readLossStages(asReader(ctx, principal), { app, source, tasks: [''], range }, null),
    ctx.store.knownReasons.list({ appId: app.id, source, nowS }),
  ])
  const trend = marked.length > 0 ? await readLossTrend(ctx, { app, source, to: range.to }) : null
  const lately = trend?.lately ?? (() => ({ count: null, days: 0 }))
  const shown = withTopReason(markKnownReasons(stages, marked, lately))
  const topOf = (stage: LossStage) => {
    const found = shown.find((one) => one.stage === stage)
    return found?.top ? { ...found.top, unexplained: found.unexplainedShare } : null
  }
  return { ready_to_send: topOf('ready_to_send'), post_send: topOf('post_send') }
}
