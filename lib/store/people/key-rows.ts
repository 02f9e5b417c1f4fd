import 'server-only'
import { sql } from 'kysely'
import { HEAD } from '@/lib/store/engine/audit-chain'
import { isPostgres } from '@/lib/store/engine/dialect'
import type { Db } from '@/lib/store/engine/open'

export const KEY_CHECK = 'master_key_check'
export const INSTALLATION_KEY = 'installation_key'
export const ROTATED_AT = 'master_key_rotated_at'
const LOCK = 'master_key_lock'

/** Everything that depends on the master key. Null: not written yet. */
export interface KeyState {
  check: string | null
  installationKey: string | null
  auditHead: string | null
  /** The wrapped data key of every app, also of removed ones. */
  dataKeys: { id: string; dataKey: string }[]
}

/** What to write: settings by their key, and data keys. */
export interface KeyChange {
  settings: Record<string, string>
  dataKeys: { id: string; dataKey: string }[]
}

export type KeyRows = ReturnType<typeof keyRows>

export function keyRows(db: Db) {
  return {
    /**
     * Writes what `decide` returns, all or nothing (null: nothing). No other process changes a key meanwhile. On SQLite the
     * replaced values are wiped from the file.
     */
    async change(decide: (state: KeyState) => KeyChange | null): Promise<void> {
      if (!isPostgres(db)) await sql`pragma secure_delete = on`.execute(db)
      try {
        await db.transaction().execute(async (trx) => {
          // Writing the row makes a second transaction wait for the first, on both databases.
          await put(trx, LOCK, '1')
          const rows = await trx
            .selectFrom('settings')
            .selectAll()
            .where('key', 'in', [KEY_CHECK, INSTALLATION_KEY, HEAD])
            .execute()
          const value = (key: string) => rows.find((row) => row.key === key)?.value ?? null
          const dataKeys = await trx.selectFrom('apps').select(['id', 'data_key as dataKey']).execute()
          const change = decide({
            check: value(KEY_CHECK),
            installationKey: value(INSTALLATION_KEY),
            auditHead: value(HEAD),
            dataKeys,
          })
          if (!change) return
          for (const [key, text] of Object.entries(change.settings)) await put(trx, key, text)
          for (const { id, dataKey } of change.dataKeys) {
            await trx.updateTable('apps').set({ data_key: dataKey }).where('id', '=', id).execute()
          }
        })
      } finally {
        if (!isPostgres(db)) await wipeLog(db)
      }
    },
  }
}

async function put(db: Db, key: string, value: string): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}

/** Writes the log of SQLite back into the file: until then, both hold the values from before. */
async function wipeLog(db: Db): Promise<void> {
  await sql`pragma secure_delete = off`.execute(db)
  // A checkpoint that meets a reader fails silently, so SQLite itself waits here.
  await sql`pragma busy_timeout = 5000`.execute(db)
  await sql`pragma wal_checkpoint(truncate)`.execute(db)
  await sql`pragma busy_timeout = 0`.execute(db)
}
