import 'server-only'
import { type RawBuilder, sql } from 'kysely'
import type { Clock } from '@/lib/contract/clock'
import { isPostgres } from '@/lib/store/engine/dialect'
import type { Db } from '@/lib/store/engine/open'

/** What differs between the databases: whose clock is read, and how a row is locked while another is written. */
export interface LaneClock {
  /** Epoch milliseconds: the database's on PostgreSQL, so that replicas agree; this server's on SQLite. */
  nowMs(): RawBuilder<number>
  forShare: RawBuilder<unknown>
}

/** clock_timestamp() advances while a statement waits for a row lock; now() does not. */
const POSTGRES_MS = sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`

export function laneClock(db: Db, clock: Pick<Clock, 'wallMs'>): LaneClock {
  if (isPostgres(db)) return { nowMs: () => POSTGRES_MS, forShare: sql`for share` }
  return { nowMs: () => sql<number>`${Math.floor(clock.wallMs())}`, forShare: sql`` }
}

/** Returns the epoch milliseconds of PostgreSQL. Null on SQLite, which has the clock of this process. */
export async function databaseMs(db: Db): Promise<number | null> {
  if (!isPostgres(db)) return null
  const { rows } = await sql<{ now_ms: number }>`select ${POSTGRES_MS} as now_ms`.execute(db)
  return rows[0]?.now_ms ?? null
}
