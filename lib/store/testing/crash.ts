import { setTimeout as pause } from 'node:timers/promises'
import { Kysely, sql } from 'kysely'
import { isPostgres } from '@/lib/store/engine/dialect'
import { migrate } from '@/lib/store/engine/migrate'
import type { Db } from '@/lib/store/engine/open'
import { sqliteDialect } from '@/lib/store/engine/sqlite'
import { createStore } from '@/lib/store/store'
import { saveWindows } from '@/lib/store/windows/window-save'
import { realClock } from '@/lib/testing/clock'
import { stepOf } from './crash-writer'
import { newApp } from './rows'

/** Opens a store that runs the same steps and is never killed: the expected state. */
export async function openReference() {
  const db: Db = new Kysely({ dialect: await sqliteDialect(':memory:') })
  await migrate(db)
  await prepare(db)
  let steps = 0
  return {
    async at(wanted: number): Promise<string[]> {
      for (; steps < wanted; steps++) await saveWindows(db, stepOf(steps))
      return contents(db)
    },
    end: () => db.destroy(),
  }
}

/** Adds the app that the windows belong to. */
export async function prepare(db: Db): Promise<void> {
  await createStore(db, realClock).apps.upsert(newApp())
}

/**
 * Returns what is wrong with the store that a killed process left, and `done`, the number of stored steps. The store
 * must hold every acknowledged step, and at most one more, complete.
 */
export async function examine(
  db: Db,
  acked: number,
  reference: Awaited<ReturnType<typeof openReference>>,
): Promise<{ done: number; faults: string[] }> {
  if (isPostgres(db)) await aloneWith(db)
  const faults = isPostgres(db) ? [] : await damage(db)
  const found = await contents(db)
  const expected = await reference.at(acked)
  if (same(found, expected)) return { done: acked, faults }
  if (same(found, await reference.at(acked + 1))) return { done: acked + 1, faults }
  const lost = expected.filter((line) => !found.includes(line))
  const unexpected = found.filter((line) => !expected.includes(line))
  return { done: acked, faults: [...faults, `of ${acked} steps lost: ${lost}; unexpected: ${unexpected}`] }
}

/** Returns every row as text, each window with each of its raw answers. */
async function contents(db: Db): Promise<string[]> {
  const windows = await db
    .selectFrom('windows as w')
    .leftJoin('window_answers as a', 'a.window_id', 'w.id')
    .select(['w.metric', 'w.from_s', 'w.fetched_at', 'w.fell_at', 'w.revision', 'w.counts', 'w.losses'])
    .select(['a.revision as of', 'a.raw'])
    .execute()
  const days = await db.selectFrom('daily').selectAll().execute()
  const answers = await db.selectFrom('window_answers').select('window_id').execute()
  const raws = windows.map((row) => JSON.stringify({ ...row, raw: row.raw && Buffer.from(row.raw).toString('base64') }))
  return [...raws, ...days.map((day) => JSON.stringify(day)), `${answers.length} answers`].sort()
}

const same = (a: string[], b: string[]) => a.join('\n') === b.join('\n')

async function damage(db: Db): Promise<string[]> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db)
  const strays = await sql`pragma foreign_key_check`.execute(db)
  const problems = rows.map((row) => row.integrity_check).filter((line) => line !== 'ok')
  return strays.rows.length > 0 ? [...problems, `${strays.rows.length} rows refer to nothing`] : problems
}

/** Waits until the server has noticed that the client was killed and has ended its transactions. */
async function aloneWith(db: Db): Promise<void> {
  const others = sql<{ n: number }>`select count(*) as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await pause(5)) {
    if ((await others.execute(db)).rows[0]?.n === 0) return
  }
  throw new Error('the killed client is still connected')
}
