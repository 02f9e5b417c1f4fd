import 'server-only'
import type { Transaction } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

export type SecondFactorStore = ReturnType<typeof secondFactors>

/** A person's second factor. Everything is null where none was ever started. Times are epoch seconds. */
export interface SecondFactor {
  hasPassword: boolean
  dataKey: string | null
  /** The sealed secret; null while the second factor is off. */
  sealed: string | null
  /** The sealed secret of a set-up that is not confirmed yet. */
  pending: string | null
  confirmedAt: number | null
  recoveryCodesLeft: number
}

/** Second factors by person. Access seals the secrets and decides which codes are right. */
export function secondFactors(db: Db) {
  return {
    /** Returns null for an unknown person. */
    async get(personId: string): Promise<SecondFactor | null> {
      const row = await db
        .selectFrom('people')
        .leftJoin('second_factors', 'second_factors.person_id', 'people.id')
        .select(['password_hash', 'totp_sealed', 'data_key', 'pending_sealed', 'confirmed_at'])
        .select((eb) =>
          eb
            .selectFrom('recovery_codes')
            .select(({ fn }) => fn.countAll<number>().as('left'))
            .whereRef('recovery_codes.person_id', '=', 'people.id')
            .where('used_at', 'is', null)
            .as('codes_left'),
        )
        .where('people.id', '=', personId)
        .executeTakeFirst()
      if (!row) return null
      return {
        hasPassword: row.password_hash !== null,
        dataKey: row.data_key,
        sealed: row.totp_sealed,
        pending: row.pending_sealed,
        confirmedAt: row.confirmed_at,
        recoveryCodesLeft: Number(row.codes_left ?? 0),
      }
    },

    /** Stores a person's first data key, and returns the stored one: that of another call where it came first. */
    async ensureKey(personId: string, dataKey: string): Promise<string> {
      await db
        .insertInto('second_factors')
        .values({ person_id: personId, data_key: dataKey, last_step: 0 })
        .onConflict((c) => c.column('person_id').doNothing())
        .execute()
      const found = db.selectFrom('second_factors').select('data_key').where('person_id', '=', personId)
      return (await found.executeTakeFirstOrThrow()).data_key
    },

    /** Stores the secret of a new set-up. A second factor that is on stays on. */
    async setPending(personId: string, pendingSealed: string): Promise<void> {
      const change = db.updateTable('second_factors').set({ pending_sealed: pendingSealed })
      await change.where('person_id', '=', personId).execute()
    },

    /** Turns the pending secret on. Returns false if another call confirmed or replaced it first. */
    confirm: (personId: string, confirmed: Confirmed) =>
      db.transaction().execute((tx) => confirm(tx, personId, confirmed)),

    /** Accepts a step only if it is later than every accepted one. Of concurrent calls, one returns true. */
    async takeStep(personId: string, step: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('second_factors')
        .set({ last_step: step })
        .where('person_id', '=', personId)
        .where('last_step', '<', step)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    /** Uses a recovery code up. Of concurrent calls, one returns true. */
    async takeRecoveryCode(personId: string, codeHash: string, at: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('recovery_codes')
        .set({ used_at: at })
        .where('person_id', '=', personId)
        .where('code_hash', '=', codeHash)
        .where('used_at', 'is', null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async replaceRecoveryCodes(personId: string, codeHashes: string[]): Promise<void> {
      await db.transaction().execute((tx) => replaceCodes(tx, personId, codeHashes))
    },

    /** Deletes the secrets and codes. Returns whether the second factor was on. */
    remove: (personId: string) => db.transaction().execute((tx) => remove(tx, personId)),
  }
}

interface Confirmed {
  pending: string
  sealed: string
  step: number
  at: number
  codeHashes: string[]
}

async function confirm(tx: Transaction<Database>, personId: string, given: Confirmed): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('second_factors')
    .set({ pending_sealed: null, last_step: given.step, confirmed_at: given.at })
    .where('person_id', '=', personId)
    .where('pending_sealed', '=', given.pending)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) return false
  await tx.updateTable('people').set({ totp_sealed: given.sealed }).where('id', '=', personId).execute()
  await replaceCodes(tx, personId, given.codeHashes)
  return true
}

async function remove(tx: Transaction<Database>, personId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('people')
    .set({ totp_sealed: null })
    .where('id', '=', personId)
    .where('totp_sealed', 'is not', null)
    .executeTakeFirstOrThrow()
  await tx.deleteFrom('second_factors').where('person_id', '=', personId).execute()
  await replaceCodes(tx, personId, [])
  return numUpdatedRows === 1n
}

async function replaceCodes(tx: Transaction<Database>, personId: string, codeHashes: string[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('person_id', '=', personId).execute()
  if (codeHashes.length === 0) return
  const rows = codeHashes.map((code_hash) => ({ person_id: personId, code_hash, used_at: null }))
  await tx.insertInto('recovery_codes').values(rows).execute()
}
