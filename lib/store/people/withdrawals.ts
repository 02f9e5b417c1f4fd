import 'server-only'
import { sql, type Transaction } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { type GrantRow, hasActiveAdministrator, insertGrants, lockAdministrators } from './administrators'

export type Withdrawals = ReturnType<typeof withdrawals>
/** `last_administrator`: nothing changed, because nobody else could administer Pushlens afterwards. */
export type Withdrawal = 'done' | 'unknown' | 'last_administrator'

class NoAdministratorLeft extends Error {}

/**
 * Changes that may take rights from people. Each runs alone among all processes, and none takes away the last active
 * administrator of all apps. `at` is epoch seconds. Each ends the person's sessions at once.
 */
export function withdrawals(db: Db) {
  async function withdraw(
    personId: string,
    at: number,
    change: (tx: Transaction<Database>) => Promise<unknown>,
  ): Promise<Withdrawal> {
    const work = db.transaction().execute(async (tx): Promise<Withdrawal> => {
      await lockAdministrators(tx)
      const known = tx.selectFrom('people').select('id').where('id', '=', personId)
      if (!(await known.executeTakeFirst())) return 'unknown'
      const before = await hasActiveAdministrator(tx)
      await change(tx)
      if (before && !(await hasActiveAdministrator(tx))) throw new NoAdministratorLeft()
      await tx
        .updateTable('sessions')
        .set({ revoked_at: at })
        .where('person_id', '=', personId)
        .where('revoked_at', 'is', null)
        .execute()
      return 'done'
    })
    return work.catch((error: unknown) => {
      if (error instanceof NoAdministratorLeft) return 'last_administrator'
      throw error
    })
  }

  return {
    /** Replaces all roles of a person. */
    setGrants: (personId: string, grants: GrantRow[], at: number) =>
      withdraw(personId, at, async (tx) => {
        await tx.deleteFrom('grants').where('person_id', '=', personId).execute()
        await insertGrants(tx, personId, grants)
      }),

    /** `since` is when the person was disabled; null enables them again. */
    setDisabled: (personId: string, since: number | null, at: number) =>
      withdraw(personId, at, (tx) =>
        tx.updateTable('people').set({ disabled_at: since }).where('id', '=', personId).execute(),
      ),

    /**
     * Removes a person with everything that belongs to them: roles, sessions, links. The address can be used again. The
     * name stays for the audit.
     */
    remove: (personId: string, at: number) =>
      withdraw(personId, at, async (tx) => {
        const name = tx
          .selectFrom('people')
          .select(['id', 'name', sql.lit(at).as('removed_at')])
          .where('id', '=', personId)
        await tx.insertInto('removed_people').columns(['id', 'name', 'removed_at']).expression(name).execute()
        await tx.deleteFrom('failed_sign_ins').where('person_id', '=', personId).execute()
        await tx.deleteFrom('people').where('id', '=', personId).execute()
      }),
  }
}
