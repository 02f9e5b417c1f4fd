import { sql } from 'kysely'
import type { Env } from '@/lib/env'
import { type Db, openDatabase } from '@/lib/store/engine/open'
import { APP_ID } from './question'

const KEY = ['source', 'metric', 'task', 'from_s', 'to_s'] as const
const REST = [
  'fetched_at',
  'same_since',
  'fell_at',
  'revision',
  'final',
  'kept',
  'unreadable',
  'absent',
  'counts',
  'losses',
] as const

const APP = ['sdk_app_id', 'name', 'region', 'admin_id', 'utc_offset_min', 'origin', 'demo'] as const
const SEALED = ['data_key', 'key_sealed', 'key_fingerprint', 'created_at'] as const
const DAILY = ['source', 'day', 'counts', 'held_s', 'as_of', 'final'] as const

/** Copies the first app with all its data to further apps. Copying in the database is faster than writing answers. */
export async function copyApp(env: Env, ids: string[]): Promise<void> {
  const db = await openDatabase(env.database)
  try {
    await db.connection().execute(async (one) => {
      const postgres = env.database.kind === 'postgres'
      // Pushlens limits a statement to 15 s; a million rows may take longer.
      if (postgres) await sql`set statement_timeout = 0`.execute(one)
      for (const id of ids) await copy(one, id)
      // Autovacuum would do this within minutes.
      if (postgres) await sql`analyze`.execute(one)
    })
  } finally {
    await db.destroy()
  }
}

async function copy(db: Db, id: string): Promise<void> {
  const same = KEY.map((name) => sql`${sql.ref(`n.${name}`)} = ${sql.ref(`o.${name}`)}`)
  const [app, window, daily] = [list([...APP, ...SEALED]), list([...KEY, ...REST]), list(DAILY)]
  await sql`insert into apps (id, ${app}) select ${id}, ${app} from apps where id = ${APP_ID}`.execute(db)
  await sql`insert into windows (app_id, ${window})
    select ${id}, ${window} from windows where app_id = ${APP_ID} order by id`.execute(db)
  await sql`insert into window_answers (window_id, revision, fetched_at, raw)
    select n.id, a.revision, a.fetched_at, a.raw from windows o
    join windows n on n.app_id = ${id} and ${sql.join(same, sql` and `)}
    join window_answers a on a.window_id = o.id where o.app_id = ${APP_ID} order by n.id`.execute(db)
  await sql`insert into daily (app_id, ${daily})
    select ${id}, ${daily} from daily where app_id = ${APP_ID}`.execute(db)
}

function list(names: readonly string[]) {
  return sql.join(names.map((name) => sql.ref(name)))
}
