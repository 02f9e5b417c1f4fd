import 'server-only'
import { storeAnswer } from '@/lib/archive/store-answer'
import type { CheckReply } from '@/lib/contract/apps/check'
import { isPushlensError } from '@/lib/contract/errors'
import { HOUR } from '@/lib/contract/limits'
import type { Endpoint, Metric, Source } from '@/lib/contract/sources'
import type { Ticket } from '@/lib/gateway/gateway'
import type { Context } from '@/lib/service/context'
import { problemNote } from '@/lib/service/read/freshness'
import { isRefusal, isUpstreamError } from '@/lib/timpush/errors'
import type { Answer, Question } from '@/lib/timpush/question'
import type { UpstreamApp } from '@/lib/timpush/tim-push'

/** No push has this ID, so the answer contains nothing about people. */
const NO_PUSH = 'pushlens-check'
/** A check waits this long for its answers. */
export const CHECK_WAIT_MS = 25_000

export interface EndpointCheck {
  question: Question
  /** Stores the answer. */
  keep(answer: Answer): Promise<void>
}

export type CheckLine = CheckReply['endpoints'][number]

/** Returns one question per endpoint: the last full hour of each metric, and a trace that does not exist. */
export function endpointChecks(ctx: Context, upstream: UpstreamApp): EndpointCheck[] {
  const nowS = ctx.clock.dataS()
  const to = nowS - (nowS % HOUR)
  const window = { from: to - HOUR, to }
  const storeAs =
    (source: Source, metric: Metric): EndpointCheck['keep'] =>
    (answer) => {
      const wanted = { app: upstream, source, metric, tasks: [''], window }
      return storeAnswer(ctx.store.windows, wanted, answer, ctx.clock.dataS())
    }
  const drop = async () => undefined
  return [
    {
      question: { endpoint: 'all_member_push_statistics', ...window, tasks: [] },
      keep: storeAs('task', 'statistics'),
    },
    { question: { endpoint: 'all_member_push_loss', ...window, tasks: [] }, keep: storeAs('task', 'loss') },
    { question: { endpoint: 'all_member_push_trace', taskId: NO_PUSH, userId: NO_PUSH }, keep: drop },
    { question: { endpoint: 'normal_push_statistics', ...window }, keep: storeAs('chat', 'statistics') },
    { question: { endpoint: 'normal_push_loss', ...window }, keep: storeAs('chat', 'loss') },
    { question: { endpoint: 'normal_push_trace', pushId: NO_PUSH }, keep: drop },
  ]
}

/** Waits at most `waitMs` for the answers of calls. A call without an answer by then has `ok` null. */
export async function linesWithin(
  waitMs: number,
  calls: { endpoint: Endpoint; ticket: Ticket }[],
): Promise<CheckLine[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, waitMs, null)
  })
  const lines = await Promise.all(
    calls.map(async ({ endpoint, ticket }): Promise<CheckLine> => {
      const line = ticket.done.then(
        (): CheckLine => ({ endpoint, ok: true, problem: null }),
        (error: unknown) => failedLine(endpoint, error),
      )
      return (await Promise.race([line, late])) ?? { endpoint, ok: null, problem: null }
    }),
  )
  clearTimeout(timer)
  return lines
}

/** A trace endpoint that refuses the unknown ID has let us in and looked: it works. */
function failedLine(endpoint: Endpoint, error: unknown): CheckLine {
  if (!isUpstreamError(error)) {
    const code = isPushlensError(error) && error.code === 'too_many' ? error.code : 'unavailable'
    return { endpoint, ok: false, problem: problemNote(code, null, null) }
  }
  if (isRefusal(error) && endpoint.endsWith('_trace')) return { endpoint, ok: true, problem: null }
  return { endpoint, ok: false, problem: problemNote(error.code, error.upstreamCode, null) }
}
