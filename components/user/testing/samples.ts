import { STOPPED, XIAOMI } from '@/components/report/testing/trace-samples'
import type { UserCampaign, UserReply } from '@/lib/contract/users'

const REF = `s1.${'a'.repeat(50)}`
export const said = (key: string, values: Record<string, string> = {}) => ({ key, values, text: key })
const campaign = (over: Partial<UserCampaign> = {}): UserCampaign => ({
  taskId: '6affd754_537529d8_1',
  label: 'Spring',
  sentAt: '2026-11-20T05:15:00Z',
  state: 'traced',
  place: null,
  etaMs: null,
  verdict: STOPPED.verdict,
  devices: [XIAOMI],
  asOf: '2026-11-21T04:00:00Z',
  ...over,
})
export const waiting = (state: UserCampaign['state'], over: Partial<UserCampaign> = {}) =>
  campaign({ taskId: `t-${state}`, label: '', verdict: null, devices: [], asOf: null, state, ...over })

export function user(over: Partial<UserReply> = {}): UserReply {
  return {
    ref: REF,
    userId: 'kim\u202e',
    asOf: '2026-11-21T04:03:00Z',
    verdict: {
      ...said('user_vendor_wide', { vendor: 'xiaomi', begun: '2026-11-20T12:00:00.000Z' }),
      also: [],
      confidence: 'likely',
      evidence: [said('evidence_newest', { at: '2026-11-20T05:15:00.000Z' })],
      next: said('next_vendor_wide'),
      actor: 'console',
      tried: [said('tried_presence_push_online'), said('tried_traced', { n: '1' })],
    },
    presence: {
      state: 'push_online',
      blocked: null,
      platforms: [{ platform: 'Android', state: 'push_online' }],
      asOf: '2026-11-21T04:03:00Z',
    },
    campaigns: [campaign()],
    health: {
      since: '2026-11-19T16:00:00Z',
      held: 20,
      expected: 36,
      vendors: [
        {
          vendor: 'xiaomi',
          delivery: 'reported',
          sent: 900,
          delivered: 0,
          rate: 0,
          before: 0.912,
          fell: { from: '2026-11-20T12:00:00Z', to: null, atLeast: false },
          own: true,
        },
        {
          vendor: 'fcm',
          delivery: 'unreported',
          sent: 500,
          delivered: 0,
          rate: null,
          before: null,
          fell: null,
          own: false,
        },
        {
          vendor: 'vivo',
          delivery: 'reported',
          sent: 90,
          delivered: 80,
          rate: null,
          before: null,
          fell: { from: '2026-11-20T02:00:00Z', to: '2026-11-20T05:00:00Z', atLeast: true },
          own: false,
        },
      ],
    },
    freshness: { state: 'fresh', place: null, etaMs: null, retryAfterMs: null, problem: null },
    ...over,
  }
}
