import 'server-only'
import type { Answer, Question } from '@/lib/timpush/question'
import type { UpstreamApp } from '@/lib/timpush/tim-push'

/** In the order of service. People wait for `single` and `bulk`. The archive makes the others in the background. */
export const PRIORITIES = ['single', 'bulk', 'newest', 'settling', 'fill'] as const
export type Priority = (typeof PRIORITIES)[number]

export interface GatewayRequest {
  app: UpstreamApp
  question: Question
  priority: Priority
  /**
   * Stores the answer. The lane stays busy until it resolves. When identical requests share one call, only the first
   * request's function runs.
   */
  storeAnswer(answer: Answer): Promise<void>
  /** Returns true when another replica has stored the answer in the meantime. Then the gateway makes no call. */
  satisfied?(): Promise<boolean>
}

export type Outcome = 'stored' | 'satisfied'

/** One upstream question and everyone who waits for its answer. Low `rank` first, then low `order`. */
export interface QueuedRequest {
  readonly key: string
  readonly question: Question
  readonly storeAnswer: GatewayRequest['storeAnswer']
  app: UpstreamApp
  satisfied: GatewayRequest['satisfied'] | undefined
  rank: number
  order: number
  /** How many calls have failed. */
  attempts: number
  signatureRenewed: boolean
  readonly done: Promise<Outcome>
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (error: unknown) => void
}

export function createQueuedRequest(key: string, request: GatewayRequest, order: number): QueuedRequest {
  let resolve: QueuedRequest['resolve'] = () => undefined
  let reject: QueuedRequest['reject'] = () => undefined
  const done = new Promise<Outcome>((yes, no) => {
    resolve = yes
    reject = no
  })
  done.catch(() => undefined) // A caller may ignore the ticket; that is no unhandled rejection.
  const { app, question, storeAnswer, satisfied } = request
  const rank = rankOf(request.priority)
  return {
    key,
    app,
    question,
    storeAnswer,
    satisfied,
    rank,
    order,
    attempts: 0,
    signatureRenewed: false,
    done,
    resolve,
    reject,
  }
}

/** Adds a further caller to a queued request. If one caller needs a new answer, everyone gets a new answer. */
export function joinRequest(queued: QueuedRequest, request: GatewayRequest): void {
  queued.app = request.app
  if (!request.satisfied) queued.satisfied = undefined
}

export function rankOf(priority: Priority): number {
  return PRIORITIES.indexOf(priority)
}

export function isInteractive(request: QueuedRequest): boolean {
  return request.rank <= rankOf('bulk')
}
