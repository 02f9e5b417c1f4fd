import 'server-only'
import { sql } from 'kysely'
import type { Endpoint } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'

export interface CallCount {
  endpoint: string
  code: number
  count: number
}

/** The calls of one UTC day with one result. `lastAtMs` is epoch milliseconds; null where it was not recorded. */
export interface DayCount extends CallCount {
  lastAtMs: number | null
}

/** The calls of one UTC day with one result, of some endpoints together. */
export interface DaySum {
  day: string
  code: number
  count: number
}

/** A call that has ended, at `atMs` (epoch milliseconds) of a UTC day. */
export interface EndedCall {
  day: string
  code: number
  atMs: number
}

/** Counts the calls per app, endpoint, UTC day (`2026-11-21`) and result code. */
export interface Calls {
  ofDay(appId: string, day: string): Promise<DayCount[]>
  /** Returns the counts of some endpoints from the first to the last UTC day, both included, in order of time. */
  ofDays(appId: string, endpoints: readonly Endpoint[], days: { first: string; last: string }): Promise<DaySum[]>
  /** Sums all days. The result never decreases. */
  total(appId: string): Promise<CallCount[]>
}

/**
 * Counts one call. `code` is 0 for an answer, the upstream's code for a refusal, and -1 for a call without a readable
 * answer.
 */
export async function countCall(
  db: Db,
  appId: string,
  endpoint: Endpoint,
  { day, code, atMs }: EndedCall,
): Promise<void> {
  await db
    .insertInto('calls')
    .values({ app_id: appId, endpoint, day, code, count: 1, last_at_ms: atMs })
    .onConflict((row) =>
      row.columns(['app_id', 'endpoint', 'day', 'code']).doUpdateSet({ count: sql`calls.count + 1`, last_at_ms: atMs }),
    )
    .execute()
}

export function createCalls(db: Db): Calls {
  return {
    total: (appId) =>
      db
        .selectFrom('calls')
        .select(['endpoint', 'code', sql<number>`cast(sum(count) as integer)`.as('count')])
        .where('app_id', '=', appId)
        .groupBy(['endpoint', 'code'])
        .orderBy('endpoint')
        .orderBy('code')
        .execute(),
    ofDays: (appId, endpoints, { first, last }) =>
      db
        .selectFrom('calls')
        .select(['day', 'code', sql<number>`cast(sum(count) as integer)`.as('count')])
        .where('app_id', '=', appId)
        .where('endpoint', 'in', endpoints)
        .where('day', '>=', first)
        .where('day', '<=', last)
        .groupBy(['day', 'code'])
        .orderBy('day')
        .orderBy('code')
        .execute(),
    ofDay: (appId, day) =>
      db
        .selectFrom('calls')
        .select(['endpoint', 'code', 'count', 'last_at_ms as lastAtMs'])
        .where('app_id', '=', appId)
        .where('day', '=', day)
        .orderBy('endpoint')
        .orderBy('code')
        .execute(),
  }
}
