export const SOURCES = ['task', 'chat'] as const
export type Source = (typeof SOURCES)[number]

export const METRICS = ['statistics', 'loss'] as const
export type Metric = (typeof METRICS)[number]

/** The six statistics endpoints and the read-only online status. No other endpoint is ever called. */
export const ENDPOINTS = [
  'all_member_push_statistics',
  'all_member_push_loss',
  'all_member_push_trace',
  'normal_push_statistics',
  'normal_push_loss',
  'normal_push_trace',
  'query_online_status',
] as const
export type Endpoint = (typeof ENDPOINTS)[number]

/** Returns the endpoint for a metric or a trace of a source. */
export function endpointOf(source: Source, what: Metric | 'trace'): Endpoint {
  return source === 'task' ? `all_member_push_${what}` : `normal_push_${what}`
}

export const REGIONS = ['china', 'singapore', 'seoul', 'tokyo', 'frankfurt', 'siliconvalley', 'jakarta'] as const
export type Region = (typeof REGIONS)[number]
