import 'server-only'
import type { DeviceRecord, LossRecord, OnlineRecord, Quarantined, StatisticsRecord } from '@/lib/contract/records'

/** What can be asked. `from` and `to` are half-open epoch seconds; `tasks` holds at most five, none means the overall. */
export type Question =
  | { endpoint: 'all_member_push_statistics' | 'all_member_push_loss'; from: number; to: number; tasks: string[] }
  | { endpoint: 'normal_push_statistics' | 'normal_push_loss'; from: number; to: number }
  | { endpoint: 'all_member_push_trace'; taskId: string; userId: string }
  | { endpoint: 'normal_push_trace'; pushId: string }
  | { endpoint: 'query_online_status'; userIds: string[] }

export type Records =
  | { kind: 'statistics'; results: StatisticsRecord[] }
  | { kind: 'loss'; results: LossRecord[] }
  | { kind: 'trace'; devices: DeviceRecord[] }
  | { kind: 'online'; people: OnlineRecord[] }

/** `raw` is the upstream's text, whole; `quarantined` names what of it could not be read and is therefore left out. */
export type Answer = Records & { raw: string; quarantined: Quarantined[] }
