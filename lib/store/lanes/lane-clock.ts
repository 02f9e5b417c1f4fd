import 'server-only'
import { PostgresAdapter, type RawBuilder, sql } from 'kysely'
import type { Clock } from '@/lib/contract/clock'
import type { Db } from '@/lib/store/engine/open'

/** What differs between the databases: whose clock is read, and how a row is locked while another is written. */
export interface LaneClock {
  /** Epoch milliseconds: the database's on PostgreSQL, so that replicas agree; this server's on SQLite. */
  nowMs(): RawBuilder<number>
  forShare: RawBuilder<unknown>
}

export function laneClock(db: Db, clock: Pick<Clock, 'wallMs'>): LaneClock {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    // clock_timestamp() advances while a statement waits for a row lock; now() does not.
    return {
      nowMs: () => sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`,
      forShare: sql`for share`,
    }
  }
  return { nowMs: () => sql<number>`${Math.floor(clock.wallMs())}`, forShare: sql`` }
}
