import { existsSync } from 'node:fs'
import { sql } from 'kysely'
import { checkMasterKey } from '@/lib/access/keys/key-check'
import { chainSigner } from '@/lib/access/keys/key-ring'
import { readKeys } from '@/lib/access/keys/open-keys'
import { keySources } from '@/lib/context-base'
import type { Env } from '@/lib/env'
import { isPostgres } from '@/lib/store/engine/dialect'
import { type Db, openDatabase } from '@/lib/store/engine/open'
import { UPGRADING } from '@/lib/store/engine/upgrade-copies'
import { hasActiveAdministrator, hasAdministrator } from '@/lib/store/people/administrators'
import { createStore, type Store } from '@/lib/store/store'
import type { DoctorTools } from './tools'

/** Clocks of two machines may differ by this much. */
const SKEW_S = 300
/** No clock that is right shows an earlier time. */
const EARLIEST_MS = Date.UTC(2026, 0, 1)

const RESTORE = 'stop Pushlens and restore a backup: npm run cli -- restore --from FILE'
const READINESS = {
  ready: 'ok   the database is ready',
  behind: 'note the tables are from an older version: the next start copies the database and migrates it',
  newer: 'bad  the database was written by a newer Pushlens: start that version, or restore a copy from before',
  unreachable: 'bad  the database does not answer: start it, or correct DATABASE_URL',
}

/** Checks the database and what is in it. `more` reads what needs an open database and tables of this version. */
export async function database(
  env: Env,
  tools: DoctorTools,
  more: (store: Store) => Promise<string[]>,
): Promise<string[]> {
  const at = env.database
  if (at.kind === 'sqlite' && !existsSync(at.path)) return [`note there is no database yet at ${at.path}`]
  const db = await openDatabase(at).catch(() => null)
  if (!db) return [`bad  ${at.kind === 'sqlite' ? at.path : 'it'} cannot be opened as a database: ${RESTORE}`]
  const store = createStore(db, { wallMs: tools.nowMs })
  try {
    const harm = isPostgres(db) ? [] : await damage(db)
    const ready = await store.readiness()
    const lines = [...harm, READINESS[ready]]
    if (ready !== 'ready' || harm.length > 0) return lines
    return [
      ...lines,
      ...(await torn(db)),
      await masterKey(env, store),
      await auditChain(env, store),
      ...(await clock(db, tools)),
      ...(await administrator(db)),
      ...(await more(store)),
    ]
  } finally {
    await store.close()
  }
}

async function damage(db: Db): Promise<string[]> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(1)`
    .execute(db)
    .catch((error: Error) => ({ rows: [{ integrity_check: error.message }] }))
  const said = rows[0]?.integrity_check ?? 'no answer'
  if (said !== 'ok') return [`bad  the database is damaged (${said.split('\n')[0]}): ${RESTORE}`]
  const strays = await sql`pragma foreign_key_check`.execute(db)
  if (strays.rows.length === 0) return []
  return [`bad  ${strays.rows.length} rows of the database refer to nothing: ${RESTORE}`]
}

async function torn(db: Db): Promise<string[]> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', UPGRADING).executeTakeFirst()
  return row ? [`bad  an upgrade ended between two versions: start Pushlens, which puts ${row.value} back`] : []
}

/** A key file that others can read is a finding of its own, and is refused before it is compared. */
async function masterKey(env: Env, { settings }: Store): Promise<string> {
  const key = await checkMasterKey({ ...keySources(env), settings }).catch(() => 'refused' as const)
  if (key === 'matches' || key === 'unused') return 'ok   the master key matches the database'
  if (key === 'refused')
    return 'bad  the master key is not usable: generate one with openssl rand -base64 32, or chmod 600 it'
  return key === 'different'
    ? 'bad  the database was made with a different master key: provide that key, or the new one after a rotation'
    : 'bad  there is no master key: put master.key back from where you keep it, or set MASTER_KEY'
}

/** Reads the whole audit, because a change of any entry breaks the chain from there on. */
async function auditChain(env: Env, { audit, settings }: Store): Promise<string> {
  const keys = await readKeys(keySources(env), settings).catch(() => null)
  if (!keys) return 'note the audit was not checked: its key is not open'
  audit.signWith(chainSigner(keys))
  const { entries, broken } = await audit.check()
  if (!broken) return `ok   the audit is complete and unchanged (${entries} entries)`
  const where =
    broken.id === null
      ? 'its newest entries were removed or not written by Pushlens'
      : `entry ${broken.id} of ${new Date(broken.at * 1_000).toISOString()}, or one before it, was changed or removed`
  return `bad  the audit was changed: ${where}. Find out who can write to the database, and compare with a backup`
}

async function clock(db: Db, { nowMs }: DoctorTools): Promise<string[]> {
  const synchronise = 'synchronise it with NTP, because Tencent refuses signatures of another time'
  if (nowMs() < EARLIEST_MS) return [`bad  the clock of this machine shows ${dateOf(nowMs())}: ${synchronise}`]
  const nowS = Math.floor(nowMs() / 1_000)
  const { newest } = await db
    .selectFrom('audit')
    .select((e) => e.fn.max('at').as('newest'))
    .executeTakeFirstOrThrow()
  if (newest !== null && newest > nowS + SKEW_S) {
    return [`bad  the clock is behind: the audit has an entry of ${dateOf(newest * 1_000)}. ${upper(synchronise)}`]
  }
  if (!isPostgres(db)) return ['ok   the clock is not behind the stored data']
  const { rows } = await sql<{ now: number }>`select extract(epoch from now())::bigint as now`.execute(db)
  const skew = Math.abs((rows[0]?.now ?? nowS) - nowS)
  return skew > SKEW_S
    ? [`bad  the clocks of this machine and PostgreSQL differ by ${skew} s: synchronise both with NTP`]
    : ['ok   the clock agrees with that of PostgreSQL']
}

const dateOf = (ms: number) => new Date(ms).toISOString()
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

async function administrator(db: Db): Promise<string[]> {
  if (await hasActiveAdministrator(db)) return []
  if (!(await hasAdministrator(db))) return ['note there is no administrator yet: open the setup link of the log']
  return ['bad  every administrator is disabled: npm run cli -- user enable --email E']
}
