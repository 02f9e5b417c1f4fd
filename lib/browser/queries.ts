import { queryOptions } from '@tanstack/react-query'
import type { StatusReply } from '@/lib/contract/apps'
import type { ChangesReply } from '@/lib/contract/changes/changes'
import type { AnnotationsReply } from '@/lib/contract/chart/annotations'
import type { Freshness } from '@/lib/contract/freshness'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { LossesReply } from '@/lib/contract/losses'
import type { TraceQuery, TraceReply } from '@/lib/contract/traces'
import type { UserReply } from '@/lib/contract/users'
import { ApiError, api, post } from './api'

const SETTLED_MS = 60_000
const SOON_MS = 2_000
const LEAST_MS = 500
const WATCHED_MS = 5_000

/** Returns the wait before the next refresh: what the server said while something waits, else `settled`. */
export function refetchAfterMs(freshness: Freshness | undefined, settled: number | false): number | false {
  if (freshness?.state === 'final') return false
  if (!freshness || freshness.state === 'fresh') return settled
  return Math.max(LEAST_MS, freshness.retryAfterMs ?? SOON_MS)
}

/** Returns how long data counts as fresh. Stored data that was not fresh is refreshed at once, final data never. */
export function staleMs(freshness: Freshness | undefined): number {
  if (freshness?.state === 'final') return Number.POSITIVE_INFINITY
  return freshness?.state === 'fresh' ? SETTLED_MS : 0
}

/** Retries only what can pass by itself. A refusal is final. */
export function shouldRetry(failures: number, error: unknown): boolean {
  return failures < 2 && (!(error instanceof ApiError) || error.code === 'unavailable')
}

/** `params` is the query that `funnelParams` returns. It is the cache key and the request. */
export function funnelOptions(app: string, params: string) {
  return queryOptions({
    queryKey: ['funnel', app, params],
    queryFn: ({ signal }) => api<FunnelReply>(`/api/v1/apps/${encodeURIComponent(app)}/funnel?${params}`, { signal }),
    refetchInterval: ({ state }) => refetchAfterMs(state.data?.freshness, SETTLED_MS),
    staleTime: ({ state }) => staleMs(state.data?.freshness),
    retry: shouldRetry,
  })
}

/** The marks on the chart of a range. `params` is the query that `annotationsParams` returns. */
export function annotationsOptions(app: string, params: string) {
  return queryOptions({
    queryKey: ['annotations', app, params],
    queryFn: ({ signal }) =>
      api<AnnotationsReply>(`/api/v1/apps/${encodeURIComponent(app)}/annotations?${params}`, { signal }),
    staleTime: SETTLED_MS,
    retry: shouldRetry,
  })
}

/** `params` is the query that `changesParams` returns. What is stored changes by the hour, so a minute is soon enough. */
export function changesOptions(app: string, params: string) {
  return queryOptions({
    queryKey: ['changes', app, params],
    queryFn: ({ signal }) => api<ChangesReply>(`/api/v1/apps/${encodeURIComponent(app)}/changes?${params}`, { signal }),
    refetchInterval: SETTLED_MS,
    staleTime: SETTLED_MS,
    retry: shouldRetry,
  })
}

/** The state of an app's lanes. A visible page refreshes it every five seconds. */
export function statusOptions(app: string) {
  return queryOptions({
    queryKey: ['status', app],
    queryFn: ({ signal }) => api<StatusReply>(`/api/v1/apps/${encodeURIComponent(app)}/status`, { signal }),
    refetchInterval: WATCHED_MS,
    staleTime: WATCHED_MS,
    retry: shouldRetry,
  })
}

/** `params` is the query that `lossesParams` returns. */
export function lossesOptions(app: string, params: string) {
  return queryOptions({
    queryKey: ['losses', app, params],
    queryFn: ({ signal }) => api<LossesReply>(`/api/v1/apps/${encodeURIComponent(app)}/losses?${params}`, { signal }),
    refetchInterval: ({ state }) => refetchAfterMs(state.data?.freshness, SETTLED_MS),
    staleTime: ({ state }) => staleMs(state.data?.freshness),
    retry: shouldRetry,
  })
}

export type TraceKey = { pushId: string } | { taskId: string; userId: string }

/** Returns the body of a look-up in one of its two forms; null when the fields make neither. */
export function traceKeyOf({ pushId, taskId, userId }: TraceQuery): TraceKey | null {
  if (pushId !== undefined) return { pushId }
  return taskId !== undefined && userId !== undefined ? { taskId, userId } : null
}

/** Looks up by POST, so that UserIDs stay out of logs. A complete trace is not requested again. */
export function traceOptions(app: string, key: TraceKey) {
  return queryOptions({
    queryKey: ['trace', app, key],
    queryFn: ({ signal }) => post<TraceReply>(`/api/v1/apps/${encodeURIComponent(app)}/traces/lookup`, key, signal),
    refetchInterval: ({ state }) => refetchAfterMs(state.data?.freshness, false),
    staleTime: ({ state }) => staleMs(state.data?.freshness),
    retry: shouldRetry,
  })
}

/** `since` is as in the page's address. A waiting page refreshes until enough is known. */
export function userOptions(app: string, key: { ref: string; since?: string | undefined }) {
  return queryOptions({
    queryKey: ['user', app, key],
    queryFn: ({ signal }) => post<UserReply>(`/api/v1/apps/${encodeURIComponent(app)}/users/lookup`, key, signal),
    refetchInterval: ({ state }) => refetchAfterMs(state.data?.freshness, false),
    staleTime: ({ state }) => staleMs(state.data?.freshness),
    retry: shouldRetry,
  })
}
