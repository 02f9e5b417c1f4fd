import 'server-only'
import type { Insertable, Selectable } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

export type SessionRow = Selectable<Database['sessions']>
export type SessionStore = ReturnType<typeof sessions>

/** Sessions by the hash of their id. All times are epoch seconds. The caller decides what counts as ended. */
export function sessions(db: Db) {
  return {
    async create(session: Insertable<Database['sessions']>): Promise<void> {
      await db.insertInto('sessions').values(session).execute()
    },

    /** Returns the session with its person, even if it has ended or the person is disabled. */
    async find(idHash: string) {
      const found = await db
        .selectFrom('sessions')
        .innerJoin('people', 'people.id', 'sessions.person_id')
        .selectAll('sessions')
        .select(['people.email', 'people.name', 'people.disabled_at'])
        .where('sessions.id_hash', '=', idHash)
        .executeTakeFirst()
      return found ?? null
    },

    async touch(idHash: string, at: number): Promise<void> {
      await db.updateTable('sessions').set({ seen_at: at }).where('id_hash', '=', idHash).execute()
    },

    /** Lets a session do everything again, after its person has set up a second factor. */
    async setFactorDone(idHash: string): Promise<void> {
      await db.updateTable('sessions').set({ second_factor_due: 0 }).where('id_hash', '=', idHash).execute()
    },

    /** Returns true if this call ended it. */
    async revoke(idHash: string, at: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('sessions')
        .set({ revoked_at: at })
        .where('id_hash', '=', idHash)
        .where('revoked_at', 'is', null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    /** Ends the sessions of a person, except one if it is given. Returns how many it ended. */
    async revokeAllOf(personId: string, at: number, except: string | null = null): Promise<number> {
      let ended = db
        .updateTable('sessions')
        .set({ revoked_at: at })
        .where('person_id', '=', personId)
        .where('revoked_at', 'is', null)
      if (except !== null) ended = ended.where('id_hash', '!=', except)
      return Number((await ended.executeTakeFirstOrThrow()).numUpdatedRows)
    },

    /** Returns true if this call ended the session and it is this person's. */
    async revokeOf(personId: string, idHash: string, at: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('sessions')
        .set({ revoked_at: at })
        .where('id_hash', '=', idHash)
        .where('person_id', '=', personId)
        .where('revoked_at', 'is', null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    /** Returns the sessions of everybody, including ended ones that are not deleted yet. */
    async all(): Promise<Pick<SessionRow, 'person_id' | 'seen_at' | 'expires_at' | 'revoked_at'>[]> {
      return db.selectFrom('sessions').select(['person_id', 'seen_at', 'expires_at', 'revoked_at']).execute()
    },

    /** Returns all sessions, newest sign-in first, including ended ones. */
    async listOf(personId: string): Promise<SessionRow[]> {
      return db
        .selectFrom('sessions')
        .selectAll()
        .where('person_id', '=', personId)
        .orderBy('created_at', 'desc')
        .orderBy('id_hash')
        .execute()
    },

    async removeExpired(before: number): Promise<void> {
      await db.deleteFrom('sessions').where('expires_at', '<', before).execute()
    },
  }
}
