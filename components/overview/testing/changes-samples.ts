import type { ChangeReply, ChangesReply } from '@/lib/contract/changes/changes'

export const FELL: ChangeReply = {
  kind: 'fell',
  vendor: 'vivo',
  channel: 'offline',
  rate: 'delivery',
  from: '2026-11-16T01:00:00.000Z',
  to: null,
  before: 0.761,
  now: 0.458,
  messages: -1_240,
  pushes: 4_092,
  code: {
    stage: 'post_send',
    code: '10302',
    reason: { key: 'token_invalid', title: 'Token no longer valid' },
    change: -0.29,
  },
}
const WITHOUT_RATE = { rate: null, before: null, now: null, messages: null, pushes: null, code: null } as const
export const BEGAN: ChangeReply = { ...FELL, ...WITHOUT_RATE, kind: 'receipts_began', vendor: 'huawei' }
export const STOPPED: ChangeReply = { ...FELL, kind: 'receipts_stopped', vendor: 'honor', messages: null, code: null }
export const SILENT: ChangeReply = { ...BEGAN, kind: 'no_push', vendor: null, channel: null, messages: 812 }
export const ROSE: ChangeReply = {
  ...FELL,
  kind: 'rose',
  vendor: 'oppo',
  to: '2026-11-17T01:00:00.000Z',
  before: 0.7,
  now: 0.8,
  messages: 410,
  code: null,
}

/** Returns what changed in the week of the funnel samples. */
export function changes(over: Partial<ChangesReply> = {}): ChangesReply {
  return {
    range: { from: '2026-11-13T16:00:00Z', to: '2026-11-20T16:00:00Z', tz: 'Asia/Shanghai', preset: '7d' },
    source: 'task',
    state: 'known',
    searched: { from: '2026-11-13T16:00:00Z', to: '2026-11-20T16:00:00Z' },
    days: 28,
    items: [FELL],
    comparison: null,
    held: 168,
    expected: 168,
    asOf: '2026-11-21T04:03:00.000Z',
    ...over,
  }
}
