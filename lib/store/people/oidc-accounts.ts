import 'server-only'
import type { Transaction } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { insertPerson, type NewPerson } from './people'

export type OidcAccountStore = ReturnType<typeof oidcAccounts>
/** An account at a sign-in provider. */
export interface OidcAccount {
  issuer: string
  subject: string
}

/** Accounts at sign-in providers. */
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
  }
}

class Taken extends Error {}

async function link(db: Db | Transaction<Database>, account: OidcAccount, personId: string, at: number) {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('oidc_accounts')
    .values({ ...account, person_id: personId, created_at: at })
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}
