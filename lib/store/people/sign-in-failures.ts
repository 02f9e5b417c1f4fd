import 'server-only'
import type { Selectable } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

export type FailureRow = Selectable<Database['sign_in_failures']>
export type FailureStore = ReturnType<typeof signInFailures>

/** Counts attempts per subject, a keyed hash. Access decides what a count means. */
export function signInFailures(db: Db) {
  return {
    async get(subject: string): Promise<FailureRow | null> {
      const found = await db
        .selectFrom('sign_in_failures')
        .selectAll()
        .where('subject', '=', subject)
        .executeTakeFirst()
      return found ?? null
    },

    /**
     * Writes `after` only if the row still equals `before` (null: no row yet). Returns false if another call changed it
     * first.
     */
    async replace(before: FailureRow | null, after: FailureRow): Promise<boolean> {
      if (!before) {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('sign_in_failures')
          .values(after)
          .onConflict((c) => c.column('subject').doNothing())
          .executeTakeFirstOrThrow()
        return numInsertedOrUpdatedRows === 1n
      }
      const { numUpdatedRows } = await db
        .updateTable('sign_in_failures')
        .set(after)
        .where('subject', '=', before.subject)
        .where('failures', '=', before.failures)
        .where('last_at_ms', '=', before.last_at_ms)
        .where('blocked_until_ms', '=', before.blocked_until_ms)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    /** Subtracts one attempt and unblocks the subject from `nowMs` on. */
    async takeBack(subject: string, nowMs: number): Promise<void> {
      await db
        .updateTable('sign_in_failures')
        .set((row) => ({ failures: row('failures', '-', 1), blocked_until_ms: nowMs }))
        .where('subject', '=', subject)
        .where('failures', '>', 0)
        .execute()
    },

    async remove(subject: string): Promise<void> {
      await db.deleteFrom('sign_in_failures').where('subject', '=', subject).execute()
    },

    async removeOlder(beforeMs: number): Promise<void> {
      await db.deleteFrom('sign_in_failures').where('last_at_ms', '<', beforeMs).execute()
    },
  }
}
