import 'server-only'
import type { Insertable, Selectable, Transaction } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

export type PersonRow = Selectable<Database['people']>
export type PeopleStore = ReturnType<typeof people>
export interface NewPerson {
  person: Insertable<Database['people']>
  grants: { app_id: string; role: string }[]
}

const SETUP_LOCK = 'setup_lock'

/** People and their grants. E-mail addresses are compared as given: callers must normalize them. */
export function people(db: Db) {
  return {
    async byEmail(email: string): Promise<PersonRow | null> {
      return (await db.selectFrom('people').selectAll().where('email', '=', email).executeTakeFirst()) ?? null
    },

    /** Returns the ID and name of every person, also of disabled ones. */
    async names(): Promise<{ id: string; name: string }[]> {
      return db.selectFrom('people').select(['id', 'name']).execute()
    },

    async grantsOf(personId: string): Promise<{ app_id: string; role: string }[]> {
      return db.selectFrom('grants').select(['app_id', 'role']).where('person_id', '=', personId).execute()
    },

    /** Returns false and writes nothing if the e-mail address is taken. */
    async create(added: NewPerson): Promise<boolean> {
      return db.transaction().execute((tx) => insert(tx, added))
    },

    async setPassword(personId: string, hash: string): Promise<void> {
      await db.updateTable('people').set({ password_hash: hash }).where('id', '=', personId).execute()
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
        // Writing the row makes a second transaction wait for the first, on both databases.
        await tx
          .insertInto('settings')
          .values({ key: SETUP_LOCK, value: person.id })
          .onConflict((c) => c.column('key').doUpdateSet({ value: person.id }))
          .execute()
        if (await hasAdministrator(tx)) return 'too_late'
        const created = await insert(tx, { person, grants: [{ app_id: '*', role: 'admin' }] })
        return created ? 'created' : 'email_taken'
      })
    },
  }
}

/** Counts disabled administrators too: disabling one must not open the setup page. */
async function hasAdministrator(db: Db | Transaction<Database>): Promise<boolean> {
  const found = await db
    .selectFrom('grants')
    .select('person_id')
    .where('app_id', '=', '*')
    .where('role', '=', 'admin')
    .limit(1)
    .execute()
  return found.length > 0
}

async function insert(tx: Transaction<Database>, { person, grants }: NewPerson): Promise<boolean> {
  const result = await tx
    .insertInto('people')
    .values(person)
    .onConflict((c) => c.column('email').doNothing())
    .executeTakeFirstOrThrow()
  if (result.numInsertedOrUpdatedRows !== 1n) return false
  if (grants.length > 0) {
    await tx
      .insertInto('grants')
      .values(grants.map((grant) => ({ ...grant, person_id: person.id })))
      .execute()
  }
  return true
}
