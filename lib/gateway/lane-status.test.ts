import { expect, test } from 'vitest'
import type { Endpoint } from '@/lib/contract/sources'
import type { LaneRow, LaneStates } from '@/lib/store/lanes/lane-states'
import { laneStatuses, problemIn } from './lane-status'

const NOW = 1_795_000_000_000
const LOSS = 'normal_push_loss'

const row = (change: Partial<LaneRow> = {}): LaneRow => ({
  app_id: 'app',
  endpoint: LOSS,
  owner: null,
  started_at_ms: null,
  expires_at_ms: null,
  next_at_ms: 0,
  spacing_ms: 1_000,
  failures: 0,
  paused_until_ms: null,
  problem_code: null,
  problem_upstream_code: null,
  problem_since_ms: null,
  slow_down_at_ms: null,
  interactive_at_ms: null,
  last_call_at_ms: null,
  ...change,
})

const states = (rows: LaneRow[], change: Partial<LaneStates> = {}): LaneStates => ({
  nowMs: NOW,
  merged: false,
  leastMs: 0,
  stopped: null,
  rows,
  ...change,
})

function statusOf(from: LaneStates, endpoint: Endpoint = LOSS, queue = 0) {
  const counts = [
    { endpoint: LOSS, code: -1, count: 2, lastAtMs: NOW - 70 },
    { endpoint: LOSS, code: 0, count: 7, lastAtMs: NOW - 4 },
    { endpoint: LOSS, code: 60018, count: 1, lastAtMs: NOW - 9 },
  ]
  const base = (lane: Endpoint) => (lane === 'query_online_status' ? 50 : 1_000)
  return laneStatuses(from, counts, base, (one) => (one === endpoint ? queue : 0)).find(
    (one) => one.endpoint === endpoint,
  )
}

const held = { owner: 'one', expires_at_ms: NOW + 5_000 }
const paused = { paused_until_ms: NOW + 5_000 }
const off = { problem_code: 'upstream_not_enabled', problem_upstream_code: 90045, problem_since_ms: NOW - 9, ...paused }

test('an unused lane is idle at its base spacing', () => {
  const idle = {
    state: 'idle',
    queue: 0,
    pausedUntil: null,
    lastCallAt: null,
    callsToday: 0,
    failedToday: 0,
    failures: [],
    slowedAt: null,
    problem: null,
  }
  expect(statusOf(states([]), 'normal_push_trace')).toEqual({
    endpoint: 'normal_push_trace',
    spacingMs: 1_000,
    ...idle,
  })
  expect(statusOf(states([]), 'query_online_status')?.spacingMs).toBe(50)
  expect(
    laneStatuses(
      null,
      [],
      () => 1_000,
      () => 0,
    ),
  ).toEqual([])
})

test('the state is the strongest of stopped, busy, paused, waiting and idle', () => {
  const state = (change: Partial<LaneRow>, queue = 1) => statusOf(states([row(change)]), LOSS, queue)?.state
  expect(state({ ...off, ...held })).toBe('stopped')
  expect(state(held)).toBe('busy')
  expect(state({ owner: 'dead', expires_at_ms: NOW - 1, ...paused })).toBe('paused')
  expect(state({ paused_until_ms: NOW - 1 })).toBe('waiting')
  expect(state({}, 0)).toBe('idle')
})

test('callsToday includes failed calls, each with its reason and its last time', () => {
  expect(statusOf(states([row({ last_call_at_ms: NOW - 4 })]))).toMatchObject({
    callsToday: 10,
    failedToday: 3,
    failures: [
      { code: 'upstream_too_fast', upstreamCode: 60018, count: 1, lastAt: NOW - 9 },
      { code: null, upstreamCode: null, count: 2, lastAt: NOW - 70 },
    ],
    lastCallAt: NOW - 4,
  })
})

test('pausedUntil shows when a disabled feature is retried', () => {
  expect(statusOf(states([row(off)]))).toMatchObject({
    pausedUntil: NOW + 5_000,
    problem: { code: 'upstream_not_enabled', upstreamCode: 90045, since: NOW - 9 },
  })
})

test('a stop of the app hides the problem of one lane', () => {
  const stopped = { code: 'upstream_credential', upstreamCode: 70009, sinceMs: 5 } as const
  const all = states([row(off)], { stopped })
  expect(problemIn(all, LOSS)).toEqual({ code: 'upstream_credential', upstreamCode: 70009, since: 5 })
  expect(statusOf(all, 'normal_push_trace')?.state).toBe('stopped')
})

test('merged lanes show the spacing of the shared lane and their own problem', () => {
  const merged = states([row({ endpoint: '*', spacing_ms: 4_000, ...held }), row(off)], { merged: true })
  expect(statusOf(merged)).toMatchObject({ state: 'stopped', spacingMs: 4_000 })
  expect(statusOf(merged, 'all_member_push_loss')).toMatchObject({ state: 'busy', spacingMs: 4_000, problem: null })
  expect(statusOf(merged, 'query_online_status')).toMatchObject({ state: 'idle', spacingMs: 50 })
})
