import 'server-only'
import { sql } from 'kysely'
import type { Endpoint } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'

export interface CallCount {
  endpoint: string
  code: number
  count: number
}

/** How many calls were made: per app, endpoint, UTC day (`2026-11-21`) and what came back. */
export interface Calls {
  ofDay(appId: string, day: string): Promise<CallCount[]>
  /** Of all days there are: these only ever grow. */
  total(appId: string): Promise<CallCount[]>
}

/** `code` 0 is an answer, the upstream's own code a refusal, -1 a call that brought no answer with a code. */
export async function countCall(db: Db, appId: string, endpoint: Endpoint, day: string, code: number): Promise<void> {
  await db
    .insertInto('calls')
    .values({ app_id: appId, endpoint, day, code, count: 1 })
    .onConflict((row) =>
      row.columns(['app_id', 'endpoint', 'day', 'code']).doUpdateSet({ count: sql`calls.count + 1` }),
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
    ofDay: (appId, day) =>
      db
        .selectFrom('calls')
        .select(['endpoint', 'code', 'count'])
        .where('app_id', '=', appId)
        .where('day', '=', day)
        .orderBy('endpoint')
        .orderBy('code')
        .execute(),
  }
}
