import 'server-only'
import type { Db } from './open'

/** Small values of the installation, one per key. */
export function settings(db: Db) {
  return {
    async get(key: string): Promise<string | null> {
      const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst()
      return row?.value ?? null
    },

    async set(key: string, value: string): Promise<void> {
      await db
        .insertInto('settings')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute()
    },

    /** Returns true if the value was written. Of several concurrent calls, exactly one returns true. */
    async setIfAbsent(key: string, value: string): Promise<boolean> {
      const written = await db
        .insertInto('settings')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .returning('key')
        .executeTakeFirst()
      return written !== undefined
    },

    async delete(key: string): Promise<void> {
      await db.deleteFrom('settings').where('key', '=', key).execute()
    },
  }
}
