import 'server-only'
import type { Transaction } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { insert, type NewPerson } from './people'

export type OidcAccountStore = ReturnType<typeof oidcAccounts>
/** An account at a sign-in provider. */
export interface OidcAccount {
  issuer: string
  subject: string
}
type GrantRow = NewPerson['grants'][number]

/** The row that the setup locks too. */
const LOCK = 'setup_lock'

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
          if (!(await insert(tx, added)) || !(await link(tx, account, id, at))) throw new Taken()
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
      return db.transaction().execute(async (tx) => {
        // Writing the row makes a second transaction wait for the first, so that two administrators cannot both leave.
        await tx
          .insertInto('settings')
          .values({ key: LOCK, value: personId })
          .onConflict((c) => c.column('key').doUpdateSet({ value: personId }))
          .execute()
        const own = tx.selectFrom('grants').select(['app_id', 'role']).where('person_id', '=', personId)
        const before = await own.execute()
        if (isEqual(before, grants)) return 'same'
        if (before.some(isAdministrator) && !grants.some(isAdministrator) && !(await hasOther(tx, personId))) {
          return 'last_administrator'
        }
        await tx.deleteFrom('grants').where('person_id', '=', personId).execute()
        const rows = grants.map((grant) => ({ ...grant, person_id: personId }))
        if (rows.length > 0) await tx.insertInto('grants').values(rows).execute()
        return 'changed'
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

function isAdministrator({ app_id, role }: GrantRow): boolean {
  return app_id === '*' && role === 'admin'
}

function isEqual(before: GrantRow[], after: GrantRow[]): boolean {
  const text = (rows: GrantRow[]) => JSON.stringify(rows.map(({ app_id, role }) => [app_id, role]).sort())
  return text(before) === text(after)
}

async function hasOther(tx: Transaction<Database>, personId: string): Promise<boolean> {
  const other = await tx
    .selectFrom('grants')
    .innerJoin('people', 'people.id', 'grants.person_id')
    .select('people.id')
    .where('grants.app_id', '=', '*')
    .where('grants.role', '=', 'admin')
    .where('people.disabled_at', 'is', null)
    .where('people.id', '!=', personId)
    .limit(1)
    .execute()
  return other.length > 0
}
