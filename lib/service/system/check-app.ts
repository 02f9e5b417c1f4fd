import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { storeAnswer } from '@/lib/archive/store-answer'
import type { CheckReply } from '@/lib/contract/check'
import { HOUR } from '@/lib/contract/limits'
import type { Endpoint, Metric, Source } from '@/lib/contract/sources'
import type { Context } from '@/lib/service/context'
import { problemNote } from '@/lib/service/read/freshness'
import type { AppRow } from '@/lib/store/people/apps'
import { isUpstreamError } from '@/lib/timpush/errors'
import type { Answer, Question } from '@/lib/timpush/question'

/** No push has such an ID, so that the answer is about nobody. */
const NO_PUSH = 'pushlens-check'
const CHECK_WAIT_MS = 25_000

interface Probe {
  question: Question
  keep(answer: Answer): Promise<void>
}

type Line = CheckReply['endpoints'][number]

/**
 * An administrator says that what stopped the app is mended: stops and pauses end, and each endpoint is asked once.
 * Gives what was answered within `waitMs`.
 */
export async function checkApp(
  ctx: Context,
  { app, principal }: Scoped<object>,
  waitMs: number = CHECK_WAIT_MS,
): Promise<CheckReply> {
  const nowS = ctx.clock.dataS()
  await ctx.store.audit.append({
    at: Math.floor(ctx.clock.wallMs() / 1_000),
    actor: `${principal.kind}:${principal.id}`,
    action: 'app.check',
    appId: app.id,
    subjectHash: null,
    detail: {},
  })
  await ctx.gateway.resume(app.id)
  const upstream = ctx.upstreamApp(app)
  const asked = probes(ctx, app, nowS).map(({ question, keep }) => ({
    endpoint: question.endpoint,
    ticket: ctx.gateway.request({ app: upstream, question, priority: 'single', storeAnswer: keep }),
  }))
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, waitMs, null)
  })
  const endpoints = await Promise.all(
    asked.map(async ({ endpoint, ticket }): Promise<Line> => {
      const line = ticket.done.then(
        (): Line => ({ endpoint, ok: true, problem: null }),
        (error: unknown) => failed(endpoint, error),
      )
      return (await Promise.race([line, late])) ?? { endpoint, ok: null, problem: null }
    }),
  )
  clearTimeout(timer)
  return { endpoints, complete: endpoints.every(({ ok }) => ok !== null) }
}

/** The last full hour of each metric, which is worth keeping, and a trace of nothing. */
function probes(ctx: Context, app: AppRow, nowS: number): Probe[] {
  const to = nowS - (nowS % HOUR)
  const window = { from: to - HOUR, to }
  const upstream = ctx.upstreamApp(app)
  const kept =
    (source: Source, metric: Metric): Probe['keep'] =>
    (answer) => {
      const wanted = { app: upstream, source, metric, tasks: [''], window }
      return storeAnswer(ctx.store.windows, wanted, answer, ctx.clock.dataS())
    }
  const keep = async () => undefined
  return [
    {
      question: { endpoint: 'all_member_push_statistics', ...window, tasks: [] },
      keep: kept('task', 'statistics'),
    },
    { question: { endpoint: 'all_member_push_loss', ...window, tasks: [] }, keep: kept('task', 'loss') },
    { question: { endpoint: 'all_member_push_trace', taskId: NO_PUSH, userId: NO_PUSH }, keep },
    { question: { endpoint: 'normal_push_statistics', ...window }, keep: kept('chat', 'statistics') },
    { question: { endpoint: 'normal_push_loss', ...window }, keep: kept('chat', 'loss') },
    { question: { endpoint: 'normal_push_trace', pushId: NO_PUSH }, keep },
  ]
}

/** An endpoint that refuses an ID nobody has let us in and looked: that is an answer. */
function failed(endpoint: Endpoint, error: unknown): Line {
  if (!isUpstreamError(error)) return { endpoint, ok: false, problem: problemNote('unavailable', null, null) }
  if (error.kind === 'bad_request' && endpoint.endsWith('_trace')) return { endpoint, ok: true, problem: null }
  return { endpoint, ok: false, problem: problemNote(error.code, error.upstreamCode, null) }
}
