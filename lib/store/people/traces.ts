import 'server-only'
import type { Selectable } from 'kysely'
import type { Source } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

/** A stored look-up, sealed: the store sees only keyed hashes and sealed text. `fetchedAt` is epoch seconds. */
export interface SealedTrace {
  appId: string
  source: Source
  keyHash: string
  /** Null if the look-up named no person. */
  personHash: string | null
  keySealed: string
  bodySealed: string
  fetchedAt: number
}

export interface HeldTrace extends SealedTrace {
  /** How many answers were saved under this key so far. */
  revision: number
}

export function traces(db: Db) {
  const ofPerson = (appId: string, personHash: string) =>
    db.selectFrom('traces').selectAll().where('app_id', '=', appId).where('person_hash', '=', personHash)

  return {
    /**
     * Saves the newest answer of a key. Returns false if a newer one is stored. A person hash is never removed again.
     */
    async save(trace: SealedTrace): Promise<boolean> {
      const saved = await db
        .insertInto('traces')
        .values({ ...rowOf(trace), revision: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['app_id', 'source', 'key_hash'])
            .doUpdateSet((eb) => ({
              person_hash: eb.fn.coalesce('excluded.person_hash', 'traces.person_hash'),
              key_sealed: eb.ref('excluded.key_sealed'),
              body_sealed: eb.ref('excluded.body_sealed'),
              fetched_at: eb.ref('excluded.fetched_at'),
              revision: eb('traces.revision', '+', 1),
            }))
            .whereRef('traces.fetched_at', '<=', 'excluded.fetched_at'),
        )
        .returning('revision')
        .executeTakeFirst()
      return saved !== undefined
    },

    async find(key: { appId: string; source: Source; keyHash: string }): Promise<HeldTrace | null> {
      const row = await db
        .selectFrom('traces')
        .selectAll()
        .where('app_id', '=', key.appId)
        .where('source', '=', key.source)
        .where('key_hash', '=', key.keyHash)
        .executeTakeFirst()
      return row ? traceOf(row) : null
    },

    /** Returns the look-ups of one person, newest first. */
    async listOfPerson(appId: string, personHash: string, limit: number): Promise<HeldTrace[]> {
      const rows = await ofPerson(appId, personHash).orderBy('fetched_at', 'desc').limit(limit).execute()
      return rows.map(traceOf)
    },

    /** Deletes all look-ups of one person and returns their number. */
    async erasePerson(appId: string, personHash: string): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('traces')
        .where('app_id', '=', appId)
        .where('person_hash', '=', personHash)
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },

    /** Deletes traces that were fetched before that second and returns their number. */
    async pruneBefore(second: number): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('traces')
        .where('fetched_at', '<', second)
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },

    /** Returns what `pruneBefore` would delete, and when the oldest of it was fetched. */
    prunable: (second: number) =>
      db
        .selectFrom('traces')
        .where('fetched_at', '<', second)
        .select((row) => [row.fn.countAll<number>().as('rows'), row.fn.min('fetched_at').as('oldest')])
        .executeTakeFirstOrThrow(),
  }
}

function rowOf(trace: SealedTrace) {
  return {
    app_id: trace.appId,
    source: trace.source,
    key_hash: trace.keyHash,
    person_hash: trace.personHash,
    key_sealed: trace.keySealed,
    body_sealed: trace.bodySealed,
    fetched_at: trace.fetchedAt,
  }
}

function traceOf(row: Selectable<Database['traces']>): HeldTrace {
  return {
    appId: row.app_id,
    // This column is written by `save` only.
    source: row.source as Source,
    keyHash: row.key_hash,
    personHash: row.person_hash,
    keySealed: row.key_sealed,
    bodySealed: row.body_sealed,
    fetchedAt: row.fetched_at,
    revision: row.revision,
  }
}
