import 'server-only'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

export type TokenRow = Selectable<Database['tokens']>
export type TokenStore = ReturnType<typeof tokens>

/** API tokens by the hash of their text. All times are epoch seconds. */
export function tokens(db: Db) {
  return {
    async create(token: Insertable<Database['tokens']>): Promise<void> {
      await db.insertInto('tokens').values(token).execute()
    },

    /** Returns the token even if it was revoked or has expired. */
    async byHash(hash: string): Promise<TokenRow | null> {
      return (await db.selectFrom('tokens').selectAll().where('token_hash', '=', hash).executeTakeFirst()) ?? null
    },

    /** Returns the token even if it was revoked or has expired; null for an unknown ID. */
    async byId(id: string): Promise<TokenRow | null> {
      return (await db.selectFrom('tokens').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
    },

    async touch(id: string, at: number): Promise<void> {
      await db.updateTable('tokens').set({ last_used_at: at }).where('id', '=', id).execute()
    },

    /** Returns true if this call ended it. */
    async revoke(id: string, at: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('tokens')
        .set({ revoked_at: at })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    /** Revokes the active tokens that one person created, and returns their number. */
    async revokeCreatedBy(creator: string[], at: number): Promise<number> {
      const { numUpdatedRows } = await db
        .updateTable('tokens')
        .set({ revoked_at: at })
        .where('created_by', 'in', creator)
        .where('revoked_at', 'is', null)
        .executeTakeFirstOrThrow()
      return Number(numUpdatedRows)
    },

    /** Returns the names of the people who created tokens, by what the tokens hold in `created_by`. */
    async creatorNames(): Promise<Map<string, string>> {
      const found = db
        .selectFrom('tokens')
        .innerJoin('people', (join) => join.on(sql`'person:' || people.id`, '=', sql.ref('tokens.created_by')))
        .select(['tokens.created_by', 'people.name'])
        .distinct()
      return new Map((await found.execute()).map(({ created_by, name }) => [created_by, name]))
    },

    /** Returns all tokens, newest first, including ended ones. */
    async list(): Promise<TokenRow[]> {
      return db.selectFrom('tokens').selectAll().orderBy('created_at', 'desc').orderBy('id').execute()
    },
  }
}
