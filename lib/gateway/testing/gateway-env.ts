import 'server-only'
import type { UpstreamErrorCode } from '@/lib/contract/errors'
import type { Endpoint } from '@/lib/contract/sources'
import type { GatewayDeps } from '@/lib/gateway/deps'
import { createGateway, type Gateway, type Priority } from '@/lib/gateway/gateway'
import type { GatewayRequest } from '@/lib/gateway/queued-request'
import { systemTimers, type Timers } from '@/lib/gateway/timers'
import type { Db } from '@/lib/store/engine/open'
import { createCalls } from '@/lib/store/lanes/calls'
import { createLanes, type Lanes } from '@/lib/store/lanes/lanes'
import { apps } from '@/lib/store/people/apps'
import { realClock } from '@/lib/testing/clock'
import { type FailureKind, UpstreamError } from '@/lib/timpush/errors'
import type { Answer, Question } from '@/lib/timpush/question'
import type { TimPush, UpstreamApp } from '@/lib/timpush/tim-push'

/** One call as the upstream saw it. Times are monotonic milliseconds. `end` is null while the call is in flight. */
export interface RecordedCall {
  appId: string
  question: Question
  start: number
  end: number | null
}

type Reply = (question: Question, nth: number) => Promise<UpstreamError | undefined>

/** An upstream that records its calls. `reply` decides how long a call takes and may return the error it ends with. */
export function fakeUpstream(timers: Pick<Timers, 'monotonicMs'>, reply: Reply = async () => undefined) {
  const recorded: RecordedCall[] = []
  const forgotten: string[] = []
  const timpush: Pick<TimPush, 'call' | 'forget'> = {
    async call(app, question) {
      const call: RecordedCall = { appId: app.id, question, start: timers.monotonicMs(), end: null }
      recorded.push(call)
      const error = await reply(question, recorded.length)
      call.end = timers.monotonicMs()
      if (error) throw error
      return ANSWER
    },
    forget: (appId) => void forgotten.push(appId),
  }
  return { recorded, forgotten, timpush }
}

const ANSWER: Answer = { kind: 'statistics', results: [], raw: '{}', quarantined: [] }

export function refusal(kind: FailureKind, code: UpstreamErrorCode, upstreamCode: number | null = null) {
  return new UpstreamError('normal_push_statistics', code, kind, upstreamCode, 'scripted')
}

export function upstreamApp(id = 'app'): UpstreamApp {
  const secretKey = async () => 'unused in these tests'
  return {
    id,
    sdkAppId: 1400000001,
    adminId: 'administrator',
    region: 'china',
    baseUrl: null,
    utcOffsetMin: 480,
    secretKey,
  }
}

/** Returns the `n`th of many different questions for an endpoint. */
export function question(n: number, endpoint: Endpoint = 'normal_push_statistics'): Question {
  switch (endpoint) {
    case 'normal_push_statistics':
    case 'normal_push_loss':
      return { endpoint, from: n * 3_600, to: (n + 1) * 3_600 }
    case 'all_member_push_statistics':
    case 'all_member_push_loss':
      return { endpoint, from: n * 3_600, to: (n + 1) * 3_600, tasks: [] }
    case 'normal_push_trace':
      return { endpoint, pushId: `push-${n}` }
    case 'all_member_push_trace':
      return { endpoint, taskId: `task-${n}`, userId: 'ann' }
    case 'query_online_status':
      return { endpoint, userIds: [`user-${n}`] }
  }
}

export function requestFor(
  n: number,
  priority: Priority = 'newest',
  change: Partial<GatewayRequest> = {},
): GatewayRequest {
  const waiter = priority === 'single' || priority === 'bulk' ? { principal: 'person:ann' } : null
  return { app: upstreamApp(), question: question(n), priority, waiter, storeAnswer: async () => undefined, ...change }
}

export function createTestGateway(db: Db, change: Partial<GatewayDeps> & Pick<GatewayDeps, 'timpush'>): Gateway {
  const clock = change.clock ?? realClock
  return createGateway({
    clock,
    timers: systemTimers,
    lanes: createLanes(db, clock),
    calls: createCalls(db),
    apps: apps(db),
    random: () => 0.5,
    spacingMs: 40,
    owner: 'one',
    ...change,
  })
}

/** Deliberately broken: grants every lane to every owner at once. A test of the gaps must notice it. */
export function withoutLease(lanes: Lanes): Lanes {
  return {
    ...lanes,
    async acquire(turn) {
      const got = await lanes.acquire(turn)
      if (got.kind !== 'wait') return got
      const { appId, lane, endpoint, owner, spacingMs } = turn
      const pace = { spacingMs, leastMs: spacingMs }
      return { kind: 'granted', lease: { appId, lane, endpoint, owner, ...pace, failures: 0 } }
    },
  }
}
