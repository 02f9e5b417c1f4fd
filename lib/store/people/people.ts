import 'server-only'
import type { Insertable, Selectable, Transaction } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { type GrantRow, hasAdministrator, insertGrants, lockAdministrators } from './administrators'

export type PersonRow = Selectable<Database['people']>
export type PeopleStore = ReturnType<typeof people>
export interface NewPerson {
  person: Insertable<Database['people']>
  grants: GrantRow[]
}
export interface PersonWithGrants extends PersonRow {
  grants: GrantRow[]
}

/** People and their grants. E-mail addresses are compared as given: callers must normalize them. */
export function people(db: Db) {
  const known = () => db.selectFrom('people').selectAll()

  return {
    async byEmail(email: string): Promise<PersonRow | null> {
      return (await known().where('email', '=', email).executeTakeFirst()) ?? null
    },

    async byId(id: string): Promise<PersonRow | null> {
      return (await known().where('id', '=', id).executeTakeFirst()) ?? null
    },

    /** Returns everybody by e-mail address. */
    async list(): Promise<PersonWithGrants[]> {
      const [rows, grants] = await Promise.all([
        known().orderBy('email').execute(),
        db.selectFrom('grants').selectAll().orderBy('app_id').execute(),
      ])
      return rows.map((row) => ({
        ...row,
        grants: grants.filter(({ person_id }) => person_id === row.id).map(({ app_id, role }) => ({ app_id, role })),
      }))
    },

    /** Returns the names of everybody, also of removed people. */
    async names(): Promise<{ id: string; name: string }[]> {
      const removed = db.selectFrom('removed_people').select(['id', 'name'])
      return db.selectFrom('people').select(['id', 'name']).unionAll(removed).execute()
    },

    async grantsOf(personId: string): Promise<GrantRow[]> {
      return db.selectFrom('grants').select(['app_id', 'role']).where('person_id', '=', personId).execute()
    },

    /** Returns false and writes nothing if the e-mail address is taken. */
    async create(added: NewPerson): Promise<boolean> {
      return db.transaction().execute((tx) => insertPerson(tx, added))
    },

    async setPassword(personId: string, hash: string): Promise<void> {
      await db.updateTable('people').set({ password_hash: hash }).where('id', '=', personId).execute()
    },

    async setName(personId: string, name: string): Promise<void> {
      await db.updateTable('people').set({ name }).where('id', '=', personId).execute()
    },

    async hasAdministrator(): Promise<boolean> {
      return hasAdministrator(db)
    },

    /**
     * Creates an administrator only while there is none for all apps. Of two concurrent calls, in any number of
     * processes, one is `created`.
     */
    async createFirstAdministrator(
      person: Insertable<Database['people']>,
    ): Promise<'created' | 'too_late' | 'email_taken'> {
      return db.transaction().execute(async (tx) => {
        await lockAdministrators(tx)
        if (await hasAdministrator(tx)) return 'too_late'
        const created = await insertPerson(tx, { person, grants: [{ app_id: '*', role: 'admin' }] })
        return created ? 'created' : 'email_taken'
      })
    },
  }
}

/** Adds a person inside a transaction. Returns false and writes nothing if the e-mail address is taken. */
export async function insertPerson(tx: Transaction<Database>, { person, grants }: NewPerson): Promise<boolean> {
  const result = await tx
    .insertInto('people')
    .values(person)
    .onConflict((c) => c.column('email').doNothing())
    .executeTakeFirstOrThrow()
  if (result.numInsertedOrUpdatedRows !== 1n) return false
  await insertGrants(tx, person.id, grants)
  return true
}
