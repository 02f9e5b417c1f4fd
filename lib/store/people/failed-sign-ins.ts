import 'server-only'
import type { Db } from '@/lib/store/engine/open'

const HOUR = 3_600
/** More rows than this in one hour come from an attack with many addresses. The rest is counted in one row. */
const MOST_PER_HOUR = 500
const OTHERS = { person_id: '', address: 'others' }

/** How often sign-in failed in the hour from `hour` (epoch seconds). */
export interface FailedSignIns {
  hour: number
  /** The person whose account was tried; null if there is no such account. */
  personId: string | null
  /** The network, or `others` for the networks of an hour that had too many. */
  address: string
  count: number
}

/** Counts failed sign-ins apart from the audit's chain, because counts from years ago help nobody and can be deleted. */
export function failedSignIns(db: Db) {
  return {
    async count(at: number, personId: string | null, address: string): Promise<void> {
      const hour = at - (at % HOUR)
      const given = { person_id: personId ?? '', address }
      const { rows } = await db
        .selectFrom('failed_sign_ins')
        .select((row) => row.fn.countAll<number>().as('rows'))
        .where('hour', '=', hour)
        .executeTakeFirstOrThrow()
      await db
        .insertInto('failed_sign_ins')
        .values({ hour, ...(rows < MOST_PER_HOUR ? given : OTHERS), count: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['hour', 'person_id', 'address'])
            .doUpdateSet((row) => ({ count: row('failed_sign_ins.count', '+', 1) })),
        )
        .execute()
    },

    /** Returns the hours from `from` until before `to`, newest first, in each the highest counts first. */
    async list(from: number, to: number, limit: number): Promise<FailedSignIns[]> {
      const rows = await db
        .selectFrom('failed_sign_ins')
        .selectAll()
        .where('hour', '>=', from)
        .where('hour', '<', to)
        .orderBy('hour', 'desc')
        .orderBy('count', 'desc')
        .orderBy('address')
        .orderBy('person_id')
        .limit(limit)
        .execute()
      return rows.map(({ hour, person_id, address, count }) => ({ hour, personId: person_id || null, address, count }))
    },

    /** Deletes the hours before `before`. */
    async prune(before: number): Promise<void> {
      await db.deleteFrom('failed_sign_ins').where('hour', '<', before).execute()
    },

    /** Returns what `prune` would delete, and its oldest hour. */
    prunable: (before: number) =>
      db
        .selectFrom('failed_sign_ins')
        .where('hour', '<', before)
        .select((row) => [row.fn.countAll<number>().as('rows'), row.fn.min('hour').as('oldest')])
        .executeTakeFirstOrThrow(),
  }
}
