import 'server-only'
import type { Answer, Question } from '@/lib/timpush/question'
import type { UpstreamApp } from '@/lib/timpush/tim-push'
import { onlyArchive, topRank, type Waiter, type Waiters } from './waiters'

/**
 * In the order of service. People wait for `single` and `bulk`. The archive makes the others in the background, except
 * `urgent`: what Tencent forgets within the hour.
 */
export const PRIORITIES = ['urgent', 'single', 'bulk', 'newest', 'settling', 'fill'] as const
export type Priority = (typeof PRIORITIES)[number]

export interface GatewayRequest {
  app: UpstreamApp
  question: Question
  priority: Priority
  /** Who waits for the answer. Null: the archive, which waits until it has the answer. */
  waiter: Waiter | null
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
  readonly waiters: Waiters
  app: UpstreamApp
  satisfied: GatewayRequest['satisfied'] | undefined
  /** The highest priority among the waiters. */
  rank: number
  order: number
  /** How many calls have failed. */
  attempts: number
  signatureRenewed: boolean
  readonly done: Promise<Outcome>
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (error: unknown) => void
}

/** Returns a request without waiters, at the rank of its priority. */
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
    waiters: new Map(),
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

/** Returns the rank that the present waiters give the request. Without waiters it keeps its rank. */
export function rankOfWaiters(queued: QueuedRequest): number {
  return queued.waiters.size === 0 ? queued.rank : topRank(queued.waiters)
}

export function rankOf(priority: Priority): number {
  return PRIORITIES.indexOf(priority)
}

export function isUrgent(request: QueuedRequest): boolean {
  return request.rank === rankOf('urgent')
}

/** Returns true while no person waits for it: the collector of this process has asked. */
export function isOfArchive(request: QueuedRequest): boolean {
  return onlyArchive(request.waiters)
}

/** Returns true for what people wait for. */
export function isInteractive(request: QueuedRequest): boolean {
  return request.rank === rankOf('single') || isBulk(request)
}

export function isBulk(request: QueuedRequest): boolean {
  return request.rank === rankOf('bulk')
}

/** Returns true for work of the archive that lets people go first. */
export function isBackground(request: QueuedRequest): boolean {
  return request.rank > rankOf('bulk')
}
