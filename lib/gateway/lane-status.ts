import 'server-only'
import type { UpstreamErrorCode } from '@/lib/contract/errors'
import { ENDPOINTS, type Endpoint } from '@/lib/contract/sources'
import type { CallCount, DayCount } from '@/lib/store/lanes/calls'
import { APART, MERGED } from '@/lib/store/lanes/lane-rows'
import { isHeld, isStopped, type LaneStates, problemFrom } from '@/lib/store/lanes/lane-states'
import { errorCodeOf } from '@/lib/timpush/codes'

/** `since` and `until` are epoch milliseconds. `until` is set when the problem ends without an administrator. */
export interface ProblemSince {
  code: UpstreamErrorCode
  upstreamCode: number | null
  since: number
  until?: number
}

/** Failed calls of one reason. `code` null: no readable answer. `lastAt` is epoch milliseconds; null where unknown. */
export interface LaneFailure {
  code: UpstreamErrorCode | null
  upstreamCode: number | null
  count: number
  lastAt: number | null
}

/** Instants are epoch milliseconds. `queue` counts waiting requests of this process. `callsToday` includes `failedToday`. */
export interface LaneStatus {
  endpoint: Endpoint
  state: 'idle' | 'busy' | 'waiting' | 'paused' | 'stopped'
  queue: number
  spacingMs: number
  pausedUntil: number | null
  lastCallAt: number | null
  callsToday: number
  failedToday: number
  /** The failed calls by reason, newest first. */
  failures: LaneFailure[]
  /** When Tencent last answered "too fast" although the spacing was kept. */
  slowedAt: number | null
  problem: ProblemSince | null
}

export function laneStatuses(
  states: LaneStates | null,
  counts: DayCount[],
  baseMs: (lane: Endpoint) => number,
  queueOf: (endpoint: Endpoint) => number,
): LaneStatus[] {
  if (!states) return []
  return ENDPOINTS.map((endpoint) => {
    const own = states.rows.find((row) => row.endpoint === endpoint)
    const pace = paceRow(states, endpoint)
    const made = counts.filter((count) => count.endpoint === endpoint)
    const queue = queueOf(endpoint)
    return {
      endpoint,
      state: stateOf(states, endpoint, queue),
      queue,
      spacingMs: Math.max(baseMs(endpoint), pace?.spacing_ms ?? 0, endpoint === APART ? 0 : states.leastMs),
      pausedUntil: pausedUntil(states, endpoint),
      lastCallAt: own?.last_call_at_ms ?? null,
      callsToday: sum(made),
      failedToday: sum(made.filter((count) => count.code !== 0)),
      failures: failuresOf(made),
      slowedAt: latest(own?.slow_down_at_ms, pace?.slow_down_at_ms),
      problem: problemIn(states, endpoint),
    }
  })
}

/** Returns the problem of an endpoint, or null. A stop of the whole app hides the endpoint's own problem. */
export function problemIn(states: LaneStates, endpoint: Endpoint): ProblemSince | null {
  if (states.stopped) {
    const { code, upstreamCode, sinceMs, untilMs } = states.stopped
    return { code, upstreamCode, since: sinceMs, ...(untilMs === undefined ? {} : { until: untilMs }) }
  }
  const row = states.rows.find((one) => one.endpoint === endpoint)
  if (!row || row.problem_code === null) return null
  return { ...problemFrom(row.problem_code, row.problem_upstream_code), since: row.problem_since_ms ?? states.nowMs }
}

function stateOf(states: LaneStates, endpoint: Endpoint, queue: number): LaneStatus['state'] {
  const own = states.rows.find((row) => row.endpoint === endpoint)
  const pace = paceRow(states, endpoint)
  if (states.stopped || (own && isStopped(own, states.nowMs))) return 'stopped'
  if (pace && isHeld(pace, states.nowMs)) return 'busy'
  if (pausedUntil(states, endpoint) !== null) return 'paused'
  return queue > 0 ? 'waiting' : 'idle'
}

function pausedUntil(states: LaneStates, endpoint: Endpoint): number | null {
  const own = states.rows.find((row) => row.endpoint === endpoint)
  const pace = paceRow(states, endpoint)
  const until = Math.max(
    pace?.paused_until_ms ?? 0,
    own && isStopped(own, states.nowMs) ? (own.paused_until_ms ?? 0) : 0,
  )
  return until > states.nowMs ? until : null
}

function paceRow(states: LaneStates, endpoint: Endpoint): LaneStates['rows'][number] | undefined {
  const name = states.merged && endpoint !== APART ? MERGED : endpoint
  return states.rows.find((row) => row.endpoint === name)
}

/** A slow-down from before the merge is in the endpoint's own row, so both rows are compared. */
function latest(...times: (number | null | undefined)[]): number | null {
  const present = times.filter((time) => typeof time === 'number')
  return present.length > 0 ? Math.max(...present) : null
}

/** Calls without a readable answer are counted under this code. */
const NO_ANSWER = -1

function failuresOf(made: DayCount[]): LaneFailure[] {
  return made
    .filter(({ code }) => code !== 0)
    .map(({ code, count, lastAtMs }) =>
      code === NO_ANSWER
        ? { code: null, upstreamCode: null, count, lastAt: lastAtMs }
        : { code: errorCodeOf(code), upstreamCode: code, count, lastAt: lastAtMs },
    )
    .sort((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0))
}

function sum(counts: CallCount[]): number {
  return counts.reduce((total, one) => total + one.count, 0)
}
