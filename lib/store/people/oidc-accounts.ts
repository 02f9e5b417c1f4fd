import 'server-only'
import type { Transaction } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { type GrantRow, hasActiveAdministrator, insertGrants, lockAdministrators } from './administrators'
import { insertPerson, type NewPerson } from './people'

export type OidcAccountStore = ReturnType<typeof oidcAccounts>
/** An account at a sign-in provider. */
export interface OidcAccount {
  issuer: string
  subject: string
}

/** Accounts at sign-in providers, and the grants that follow from them. */
export function oidcAccounts(db: Db) {
  return {
    /** Returns the person of an account, also a disabled one. */
    async personOf({ issuer, subject }: OidcAccount): Promise<{ id: string; disabled: boolean } | null> {
      const found = await db
        .selectFrom('oidc_accounts')
        .innerJoin('people', 'people.id', 'oidc_accounts.person_id')
        .select(['people.id', 'people.disabled_at'])
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst()
      return found ? { id: found.id, disabled: found.disabled_at !== null } : null
    },

    /** Returns false if the account has a person already, or the person an account at this provider. */
    async link(account: OidcAccount, personId: string, at: number): Promise<boolean> {
      return link(db, account, personId, at)
    },

    /** Adds a person with this account. Returns false and writes nothing if the e-mail address or account is taken. */
    async addPerson(added: NewPerson, account: OidcAccount): Promise<boolean> {
      const { id, created_at: at } = added.person
      return db
        .transaction()
        .execute(async (tx) => {
          if (!(await insertPerson(tx, added)) || !(await link(tx, account, id, at))) throw new Taken()
          return true
        })
        .catch((error: unknown) => {
          if (error instanceof Taken) return false
          throw error
        })
    },

    /**
     * Replaces all grants of a person. The last administrator who is not disabled stays one: `last_administrator`, and
     * nothing is changed.
     */
    async replaceGrants(personId: string, grants: GrantRow[]): Promise<'same' | 'changed' | 'last_administrator'> {
      return db
        .transaction()
        .execute(async (tx) => {
          await lockAdministrators(tx)
          const own = tx.selectFrom('grants').select(['app_id', 'role']).where('person_id', '=', personId)
          const before = await own.execute()
          if (isEqual(before, grants)) return 'same' as const
          const hadAdministrator = await hasActiveAdministrator(tx)
          await tx.deleteFrom('grants').where('person_id', '=', personId).execute()
          await insertGrants(tx, personId, grants)
          if (hadAdministrator && !(await hasActiveAdministrator(tx))) throw new LastAdministrator()
          return 'changed' as const
        })
        .catch((error: unknown) => {
          if (error instanceof LastAdministrator) return 'last_administrator' as const
          throw error
        })
    },
  }
}

class Taken extends Error {}
class LastAdministrator extends Error {}

async function link(db: Db | Transaction<Database>, account: OidcAccount, personId: string, at: number) {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('oidc_accounts')
    .values({ ...account, person_id: personId, created_at: at })
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

function isEqual(before: GrantRow[], after: GrantRow[]): boolean {
  const text = (rows: GrantRow[]) => JSON.stringify(rows.map(({ app_id, role }) => [app_id, role]).sort())
  return text(before) === text(after)
}
