import 'server-only'
import { sql } from 'kysely'
import type { Clock } from '@/lib/contract/clock'
import type { Db } from '@/lib/store/engine/open'
import { laneClock } from './lane-clock'

/** Whoever holds this lease collects. `lane-acquire.ts` checks it for every call of the collector. */
export const COLLECTOR = 'collector'
/** Whoever holds this lease sends the alerts. */
export const ALERTS = 'alerts'
/** Every server of a PostgreSQL holds a lease whose name begins so. */
export const SERVER = 'server '
/** A copy of the database to another one holds it, so that no server starts meanwhile. */
export const COPY = 'copy'

/** A lease that is valid for longer than this many times its length was taken before the clock was set back. */
const BEYOND_REASON = 10
const FORGOTTEN_MS = 86_400_000

export type Leases = ReturnType<typeof leases>

/** What one process at a time may hold, for a limited time. Times are the database's on PostgreSQL. */
export function leases(db: Db, wallClock: Pick<Clock, 'wallMs'>) {
  const clock = laneClock(db, wallClock)
  return {
    /**
     * Takes a lease for `ms`, or renews it. Returns its term, which grows with each change of the owner; null while
     * another owner holds it.
     */
    async take(name: string, owner: string, ms: number): Promise<number | null> {
      const { rows } = await sql<{ term: number }>`
        insert into leases (name, owner, term, expires_at_ms) values (${name}, ${owner}, 1, ${clock.nowMs()} + ${ms})
        on conflict (name) do update set owner = ${owner}, expires_at_ms = ${clock.nowMs()} + ${ms},
          term = leases.term + case when leases.owner = ${owner} then 0 else 1 end
        where leases.owner = ${owner} or leases.expires_at_ms <= ${clock.nowMs()}
          or leases.expires_at_ms > ${clock.nowMs()} + ${ms * BEYOND_REASON}
        returning term`.execute(db)
      return rows[0]?.term ?? null
    },

    /** Ends a lease at once. Its term stays. */
    async release(name: string, owner: string): Promise<void> {
      await db
        .updateTable('leases')
        .set({ expires_at_ms: 0 })
        .where('name', '=', name)
        .where('owner', '=', owner)
        .execute()
    },

    /** Returns the names of the valid leases that begin so. Deletes those that ended a day ago. */
    async held(start: string): Promise<string[]> {
      const ofName = sql<boolean>`substr(name, 1, ${start.length}) = ${start}`
      await sql`delete from leases where ${ofName} and expires_at_ms < ${clock.nowMs()} - ${FORGOTTEN_MS}
        and name <> ${COLLECTOR}`.execute(db)
      const valid = sql<{ name: string }>`select name from leases where ${ofName} and expires_at_ms > ${clock.nowMs()}`
      return (await valid.execute(db)).rows.map(({ name }) => name)
    },
  }
}
