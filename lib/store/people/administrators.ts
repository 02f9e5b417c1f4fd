import 'server-only'
import type { Transaction } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

export interface GrantRow {
  app_id: string
  role: string
}
type Reader = Db | Transaction<Database>

const LOCK = 'setup_lock'

/** Makes a second transaction that counts administrators wait for this one, on both databases: it writes one row. */
export async function lockAdministrators(tx: Transaction<Database>): Promise<void> {
  await tx
    .insertInto('settings')
    .values({ key: LOCK, value: '1' })
    .onConflict((c) => c.column('key').doUpdateSet({ value: '1' }))
    .execute()
}

/** Counts disabled administrators too: disabling one must not open the setup page. */
export async function hasAdministrator(db: Reader): Promise<boolean> {
  return (await administrators(db).limit(1).execute()).length > 0
}

/** Returns whether anybody who is not disabled administers all apps. */
export async function hasActiveAdministrator(db: Reader): Promise<boolean> {
  const active = administrators(db)
    .innerJoin('people', 'people.id', 'grants.person_id')
    .where('people.disabled_at', 'is', null)
  return (await active.limit(1).execute()).length > 0
}

export async function insertGrants(tx: Transaction<Database>, personId: string, grants: GrantRow[]): Promise<void> {
  if (grants.length === 0) return
  await tx
    .insertInto('grants')
    .values(grants.map((grant) => ({ ...grant, person_id: personId })))
    .execute()
}

function administrators(db: Reader) {
  return db.selectFrom('grants').select('grants.person_id').where('app_id', '=', '*').where('role', '=', 'admin')
}
