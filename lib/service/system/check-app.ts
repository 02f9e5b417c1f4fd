import 'server-only'
import { recordAudit } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import { storeAnswer } from '@/lib/archive/store-answer'
import type { CheckReply } from '@/lib/contract/check'
import { isPushlensError } from '@/lib/contract/errors'
import { HOUR } from '@/lib/contract/limits'
import type { Endpoint, Metric, Source } from '@/lib/contract/sources'
import type { Context } from '@/lib/service/context'
import { problemNote } from '@/lib/service/read/freshness'
import { asReader } from '@/lib/service/read/reader'
import type { AppRow } from '@/lib/store/people/apps'
import { isRefusal, isUpstreamError } from '@/lib/timpush/errors'
import type { Answer, Question } from '@/lib/timpush/question'

/** No push has this ID, so the answer contains nothing about people. */
const NO_PUSH = 'pushlens-check'
const CHECK_WAIT_MS = 25_000

interface EndpointCheck {
  question: Question
  keep(answer: Answer): Promise<void>
}

type CheckLine = CheckReply['endpoints'][number]

/**
 * Ends stops and pauses of the app and calls each endpoint once, because an administrator has repaired the cause. Returns
 * what was answered within `waitMs`.
 */
export async function checkApp(
  ctx: Context,
  { app, principal }: Scoped<object>,
  waitMs: number = CHECK_WAIT_MS,
): Promise<CheckReply> {
  const nowS = ctx.clock.dataS()
  await recordAudit(ctx, { app, principal }, 'app.check')
  await ctx.gateway.resume(app.id)
  const upstream = ctx.upstreamApp(app)
  const { waiter } = asReader(ctx, principal)
  const calls = checksOf(ctx, app, nowS).map(({ question, keep }) => ({
    endpoint: question.endpoint,
    ticket: ctx.gateway.request({ app: upstream, question, priority: 'single', waiter, storeAnswer: keep }),
  }))
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, waitMs, null)
  })
  const endpoints = await Promise.all(
    calls.map(async ({ endpoint, ticket }): Promise<CheckLine> => {
      const line = ticket.done.then(
        (): CheckLine => ({ endpoint, ok: true, problem: null }),
        (error: unknown) => failedLine(endpoint, error),
      )
      return (await Promise.race([line, late])) ?? { endpoint, ok: null, problem: null }
    }),
  )
  clearTimeout(timer)
  return { endpoints, complete: endpoints.every(({ ok }) => ok !== null) }
}

/** Requests the last full hour of each metric, whose answers are stored, and a trace that does not exist. */
function checksOf(ctx: Context, app: AppRow, nowS: number): EndpointCheck[] {
  const to = nowS - (nowS % HOUR)
  const window = { from: to - HOUR, to }
  const upstream = ctx.upstreamApp(app)
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

/** A trace endpoint that refuses the unknown ID has let us in and looked: it works. */
function failedLine(endpoint: Endpoint, error: unknown): CheckLine {
  if (!isUpstreamError(error)) {
    const code = isPushlensError(error) && error.code === 'too_many' ? error.code : 'unavailable'
    return { endpoint, ok: false, problem: problemNote(code, null, null) }
  }
  if (isRefusal(error) && endpoint.endsWith('_trace')) return { endpoint, ok: true, problem: null }
  return { endpoint, ok: false, problem: problemNote(error.code, error.upstreamCode, null) }
}
