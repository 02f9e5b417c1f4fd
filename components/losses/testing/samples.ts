import type { LossesReply, LossStageReply, LossVendor, ReasonRow } from '@/lib/contract/losses'

export function reason(change: Partial<ReasonRow> = {}): ReasonRow {
  return {
    code: '410',
    text: 'Unregistered',
    count: change.count === undefined ? 600 : change.count,
    explained: change.count === undefined ? 600 : change.count,
    share: 0.6,
    cumulative: 0.6,
    vendors: [
      { vendor: 'xiaomi', channel: 'offline', count: 400 },
      { vendor: 'oppo', channel: 'offline', count: 200 },
    ],
    reason: {
      key: 'token_gone',
      title: 'Token no longer valid',
      meaning: 'The token is dead.',
      actor: 'user',
      fix: 'Open the app once.',
      confidence: 'certain',
      source: 'https://example.com/codes (2025-07-17)',
    },
    change: null,
    known: null,
    trend: [],
    ...change,
  }
}

const UNKNOWN: ReasonRow['reason'] = {
  key: null,
  title: 'Unknown code',
  meaning: null,
  actor: null,
  fix: null,
  confidence: 'unknown',
  source: null,
}

export const vendor = (name: string, change: Partial<LossVendor> = {}): LossVendor => ({
  vendor: name,
  channel: 'offline',
  delivery: 'reported',
  lost: 1_000,
  explained: 980,
  unexplained: 20,
  notReported: 0,
  ...change,
})

const quota = reason({
  code: '200001',
  text: 'daily push quota exceeded',
  count: 250,
  share: 0.25,
  cumulative: 0.85,
  reason: { ...reason().reason, key: 'daily_cap', title: 'Vendor’s daily limit reached', actor: 'sender' },
})
const odd = reason({ code: '9', text: '', count: 90, share: 0.09, cumulative: 0.94, vendors: [], reason: UNKNOWN })
const busy = reason({
  code: '1',
  text: 'internal error',
  count: 40,
  share: 0.04,
  cumulative: 0.98,
  reason: { ...reason().reason, key: 'vendor_busy', actor: 'none' },
})

export const REASONS = [reason(), quota, odd, busy]

export function stage(change: Partial<LossStageReply> = {}): LossStageReply {
  return {
    stage: 'post_send',
    lost: 1_000,
    explained: 980,
    unexplained: 20,
    notReported: 394_000,
    unavailable: 0,
    unexplainedShare: 0.02,
    change: null,
    notCompared: null,
    gone: [],
    top: null,
    reasons: REASONS,
    vendors: [
      vendor('xiaomi'),
      vendor('apns', { delivery: 'unreported', lost: 0, explained: 0, unexplained: 0, notReported: 394_000 }),
    ],
    ...change,
  }
}

export const beforeSending = (change: Partial<LossStageReply> = {}): LossStageReply => ({
  ...stage({ reasons: [], vendors: [] }),
  stage: 'ready_to_send',
  lost: 0,
  explained: 0,
  unexplained: 0,
  unexplainedShare: null,
  notReported: 0,
  ...change,
})

export function losses(change: Partial<LossesReply> = {}): LossesReply {
  return {
    range: { from: '2026-11-19T16:00:00Z', to: '2026-11-20T16:00:00Z', tz: 'Asia/Shanghai', preset: 'yesterday' },
    source: 'task',
    window: { from: '2026-11-19T16:00:00Z', to: '2026-11-20T16:00:00Z' },
    basis: 'exact',
    tasks: [],
    comparison: null,
    days: [],
    stages: [beforeSending(), stage()],
    coverage: { held: 1, expected: 1, missing: [] },
    asOf: '2026-11-21T04:03:00Z',
    unreadable: 0,
    difference: null,
    freshness: { state: 'fresh', place: null, etaMs: null, retryAfterMs: null, problem: null },
    ...change,
  }
}

const nothing = {
  lost: null,
  explained: null,
  unexplained: null,
  unexplainedShare: null,
  unavailable: null,
  notReported: null,
  reasons: null,
  vendors: [],
}
export const WAITING = losses({
  stages: [beforeSending(nothing), stage(nothing)],
  asOf: null,
  coverage: { held: 0, expected: 1, missing: [] },
  freshness: { state: 'pending', place: 3, etaMs: 3_600, retryAfterMs: 1_500, problem: null },
})
