import 'server-only'
import type { Insertable, Selectable } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { insertPerson, type NewPerson } from './people'

export type InvitationRow = Selectable<Database['invitations']>
export type InvitationStore = ReturnType<typeof invitations>

/** Links that somebody can use once, by the hash of their secret. All times are epoch seconds. */
export function invitations(db: Db) {
  const usable = (tokenHash: string, nowS: number) =>
    db.selectFrom('invitations').selectAll().where('token_hash', '=', tokenHash).where('expires_at', '>', nowS)

  return {
    /** Adds a link. It replaces an earlier one for the same e-mail address. */
    async save(invitation: Insertable<Database['invitations']>): Promise<void> {
      await db
        .insertInto('invitations')
        .values(invitation)
        .onConflict((c) => c.column('email').doUpdateSet(invitation))
        .execute()
    },

    /** Returns the link, or null if it is unknown, used, revoked or expired. */
    async usable(tokenHash: string, nowS: number): Promise<InvitationRow | null> {
      return (await usable(tokenHash, nowS).executeTakeFirst()) ?? null
    },

    /** Returns the links that can still be used, newest first. */
    async list(nowS: number): Promise<InvitationRow[]> {
      const found = db.selectFrom('invitations').selectAll().where('expires_at', '>', nowS)
      return found.orderBy('created_at', 'desc').orderBy('email').execute()
    },

    /** Returns the link that was revoked, or null if there is none. */
    async revoke(id: string): Promise<InvitationRow | null> {
      return (await db.deleteFrom('invitations').where('id', '=', id).returningAll().executeTakeFirst()) ?? null
    },

    async removeExpired(nowS: number): Promise<void> {
      await db.deleteFrom('invitations').where('expires_at', '<=', nowS).execute()
    },

    /**
     * Uses a link to add a person. Of concurrent calls with one link, one is `done`. `unusable`: the link was used,
     * revoked or has expired meanwhile; nothing changes.
     */
    async join(tokenHash: string, added: NewPerson, nowS: number): Promise<'done' | 'unusable' | 'email_taken'> {
      return db.transaction().execute(async (tx) => {
        const { numDeletedRows } = await tx
          .deleteFrom('invitations')
          .where('token_hash', '=', tokenHash)
          .where('expires_at', '>', nowS)
          .executeTakeFirstOrThrow()
        if (numDeletedRows !== 1n) return 'unusable'
        return (await insertPerson(tx, added)) ? 'done' : 'email_taken'
      })
    },

    /** Uses a link to set a person's password, which ends their sessions. Returns false as `join` does. */
    async resetPassword(tokenHash: string, hash: string, nowS: number): Promise<boolean> {
      return db.transaction().execute(async (tx) => {
        const used = await tx
          .deleteFrom('invitations')
          .where('token_hash', '=', tokenHash)
          .where('expires_at', '>', nowS)
          .returning('person_id')
          .executeTakeFirst()
        if (!used?.person_id) return false
        await tx.updateTable('people').set({ password_hash: hash }).where('id', '=', used.person_id).execute()
        await tx
          .updateTable('sessions')
          .set({ revoked_at: nowS })
          .where('person_id', '=', used.person_id)
          .where('revoked_at', 'is', null)
          .execute()
        return true
      })
    },
  }
}
