import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { FunnelQuery } from '@/lib/contract/funnel'
import type { LossStageReply, ReasonReply } from '@/lib/contract/losses'
import { markKnownReasons } from '@/lib/report/losses/known-reasons'
import { lossReport } from '@/lib/report/losses/loss-report'
import type { Context } from '@/lib/service/context'
import { readLossTrend } from '@/lib/service/read/loss-trend'
import { readLosses } from '@/lib/service/read/read-losses'
import type { Question } from '@/lib/service/read/resolve-question'
import words from '@/messages/en/reasons.json'

/** The top loss reason of each stage; null where none is stored, or where people marked it as known. */
export type TopReasons = Record<LossStageReply['stage'], ReasonReply | null>

const NONE: TopReasons = { ready_to_send: null, post_send: null }

/** Returns the top loss reasons of a range from what is stored. Requests nothing from Tencent. */
export async function getTopReasons(
  ctx: Context,
  { app, query: { query, range, nowS } }: Scoped<Question<FunnelQuery>>,
): Promise<TopReasons> {
  const { source, task } = query
  if (task.length > 0) return NONE
  const { record } = await readLosses(ctx, { app, source, tasks: [''], range }, null)
  const marked = await ctx.store.knownReasons.list({ appId: app.id, source, nowS })
  const trend = marked.length > 0 ? await readLossTrend(ctx, { app, source, to: range.to }) : null
  const lately = trend?.lately ?? (() => ({ count: null, days: 0 }))
  const stages = markKnownReasons(lossReport({ record, funnel: null, titles: words.title }), marked, lately)
  return { ready_to_send: topOf(stages, 'ready_to_send'), post_send: topOf(stages, 'post_send') }
}

function topOf(stages: LossStageReply[], stage: LossStageReply['stage']): ReasonReply | null {
  const [first] = stages.find((one) => one.stage === stage)?.reasons ?? []
  return first?.count && (first.known === null || first.known.doubled) ? first.reason : null
}
