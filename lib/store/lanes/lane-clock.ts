import 'server-only'
import { PostgresAdapter, type RawBuilder, sql } from 'kysely'
import type { Clock } from '@/lib/contract/clock'
import type { Db } from '@/lib/store/engine/open'

/** What the lanes' statements spell differently: whose clock they read, and how a row is held while another is written. */
export interface LaneClock {
  /** Epoch milliseconds: the database's on PostgreSQL, so that replicas agree; the server's own on SQLite. */
  nowMs(): RawBuilder<number>
  forShare: RawBuilder<unknown>
}

export function laneClock(db: Db, clock: Pick<Clock, 'wallMs'>): LaneClock {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    // clock_timestamp() moves on while a statement waits for a row; now() would stand still at its beginning.
    return {
      nowMs: () => sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`,
      forShare: sql`for share`,
    }
  }
  return { nowMs: () => sql<number>`${Math.floor(clock.wallMs())}`, forShare: sql`` }
}
