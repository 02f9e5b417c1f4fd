import 'server-only'
import { type ErrorCode, isPushlensError } from '@/lib/contract/errors'
import type { Freshness, ProblemNote } from '@/lib/contract/freshness'
import type { Endpoint } from '@/lib/contract/sources'
import type { Ticket } from '@/lib/gateway/gateway'
import type { ReportContext } from '@/lib/service/context'
import type { Stop } from '@/lib/store/people/apps'
import { isRefusal, isUpstreamError, type UpstreamError } from '@/lib/timpush/errors'
import words from '@/messages/en/errors.json'

/**
 * Waits at most `waitMs` until all calls have ended. Returns the failures so far. Throws only `too_many`: a page, which
 * does not wait, shows what is stored instead.
 */
export async function settle(tickets: Ticket[], waitMs: number): Promise<UpstreamError[]> {
  const failures: UpstreamError[] = []
  const refusals: Error[] = []
  const ends = tickets.map((ticket) =>
    ticket.done.then(
      () => undefined,
      (error: unknown) => {
        if (isUpstreamError(error)) failures.push(error)
        else if (isPushlensError(error) && error.code === 'too_many') refusals.push(error)
      },
    ),
  )
  if (tickets.length === 0 || waitMs <= 0) return failures
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs)
  })
  await Promise.race([Promise.all(ends), late])
  clearTimeout(timer)
  const [refusal] = refusals
  if (refusal) throw refusal
  return failures
}

/** Sums up the calls of one question: the place in the queue is that of its first call, the estimate that of its last. */
export function freshnessOf(input: {
  complete: boolean
  held: boolean
  tickets: Ticket[]
  problem: ProblemNote | null
}): Freshness {
  const { complete, held, tickets, problem } = input
  const places = tickets.map((ticket) => ticket.place()).filter((place) => place !== null)
  const etas = tickets.map((ticket) => ticket.etaMs()).filter((eta) => eta !== null)
  const etaMs = etas.length > 0 ? Math.round(Math.max(...etas)) : null
  const state = complete ? 'fresh' : held ? 'stale' : 'pending'
  return {
    state,
    place: complete || places.length === 0 ? null : Math.min(...places),
    etaMs: complete ? null : etaMs,
    retryAfterMs: complete ? null : retryAfter(etaMs, problem !== null),
    problem: complete ? null : problem,
  }
}

/** For readers that request nothing: the data is stored, or it is not. */
export const HELD: Freshness = { state: 'fresh', place: null, etaMs: null, retryAfterMs: null, problem: null }
export const PENDING: Freshness = { ...HELD, state: 'pending' }

/** The answer of a question that is settled. Asking again changes nothing. */
export function finalFreshness(problem: ProblemNote): Freshness {
  return { ...HELD, state: 'final', problem }
}

/** The answer of a question about data that Tencent has deleted and that was never stored. */
export function expiredFreshness(): Freshness {
  return finalFreshness(problemNote('upstream_data_expired', null, null))
}

/** Returns whether a call waits in its lane or is under way. A stopped lane refuses a call at once. */
export function isUnderWay(ticket: Ticket): boolean {
  return ticket.place() !== null || ticket.etaMs() !== null
}

/** The collector refreshes stored buckets. A reader comes back this often to look at them. */
const COLLECTED_RETRY_MS = 30_000

/**
 * The freshness of an answer from stored windows: stale while a call behind it is under way, or if a refresh is due that
 * only the collector makes.
 */
export function freshnessOfHeld(tickets: Ticket[], isStale: boolean, problem: ProblemNote | null): Freshness {
  const open = tickets.filter(isUnderWay)
  if (open.length > 0) return freshnessOf({ complete: false, held: true, tickets: open, problem: null })
  return isStale ? { ...HELD, state: 'stale', retryAfterMs: COLLECTED_RETRY_MS, problem } : HELD
}

/** Returns whether Tencent rejected the requests themselves and no call is under way, so that asking again is useless. */
export function isRefused(tickets: Ticket[], failures: UpstreamError[]): boolean {
  return failures.length > 0 && failures.every(isRefusal) && !tickets.some(isUnderWay)
}

/** The client comes back when its turn has probably come; while Tencent fails, at most every 5 s. */
function retryAfter(etaMs: number | null, failing: boolean): number {
  const least = failing ? 5_000 : 500
  return Math.min(Math.max(etaMs ?? 1_000, least), 30_000)
}

/** `untilMs` is the time of the next attempt; undefined where a person has to act, or where it is soon. */
export function problemNote(
  code: ErrorCode,
  upstreamCode: number | null,
  sinceMs: number | null,
  untilMs?: number,
): ProblemNote {
  const since = sinceMs === null ? null : new Date(sinceMs).toISOString()
  const until = untilMs === undefined ? {} : { until: new Date(untilMs).toISOString() }
  return { code, ...words[code], upstreamCode, since, ...until }
}

/** Says why the calls of an app have stopped, and when they go on without help. */
export function stopNote({ code, upstreamCode, at, until }: Stop): ProblemNote {
  return problemNote(code, upstreamCode, at * 1_000, until === undefined ? undefined : until * 1_000)
}

/** Returns what is wrong with the lane of these calls, else the failure of the calls themselves. */
export async function problemOf(
  ctx: Pick<ReportContext, 'gateway'>,
  appId: string,
  endpoint: Endpoint,
  failures: UpstreamError[],
): Promise<ProblemNote | null> {
  const lane = await ctx.gateway.problem(appId, endpoint)
  if (lane) return problemNote(lane.code, lane.upstreamCode, lane.since, lane.until)
  const [own] = failures
  return own ? problemNote(own.code, own.upstreamCode, null) : null
}
