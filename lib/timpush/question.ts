import 'server-only'
import type { DeviceRecord, LossRecord, OnlineRecord, Quarantined, StatisticsRecord } from '@/lib/contract/records'

/** The parameters of one call. `from` and `to` are half-open epoch seconds. At most five `tasks`; none means the overall. */
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

/** `raw` is the complete text of the answer. `quarantined` lists the unreadable parts, which the records omit. */
export type Answer = Records & { raw: string; quarantined: Quarantined[] }
