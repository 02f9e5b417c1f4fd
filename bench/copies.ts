import { sql } from 'kysely'
import type { Env } from '@/lib/env'
import { openDatabase } from '@/lib/store/open'
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

/** Further apps with all the first one holds: the database copies rows faster than anyone can write them. */
export async function copyApp(env: Env, ids: string[]): Promise<void> {
  const db = await openDatabase(env.database)
  const list = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)))
  const same = sql.join(
    KEY.map((name) => sql`${sql.ref(`n.${name}`)} = ${sql.ref(`o.${name}`)}`),
    sql` and `,
  )
  try {
    for (const id of ids) {
      const columns = [
        'sdk_app_id',
        'name',
        'region',
        'admin_id',
        'utc_offset_min',
        'origin',
        'demo',
        'data_key',
        'key_sealed',
        'key_fingerprint',
        'created_at',
      ]
      await sql`insert into apps (id, ${list(columns)}) select ${id}, ${list(columns)} from apps where id = ${APP_ID}`.execute(
        db,
      )
      await sql`insert into windows (app_id, ${list([...KEY, ...REST])})
        select ${id}, ${list([...KEY, ...REST])} from windows where app_id = ${APP_ID} order by id`.execute(db)
      await sql`insert into window_answers (window_id, revision, fetched_at, raw)
        select n.id, a.revision, a.fetched_at, a.raw from windows o
        join windows n on n.app_id = ${id} and ${same}
        join window_answers a on a.window_id = o.id where o.app_id = ${APP_ID} order by n.id`.execute(db)
      const daily = ['source', 'day', 'counts', 'held_s', 'as_of', 'final']
      await sql`insert into daily (app_id, ${list(daily)}) select ${id}, ${list(daily)} from daily where app_id = ${APP_ID}`.execute(
        db,
      )
    }
    // What PostgreSQL's own upkeep would do within minutes.
    if (env.database.kind === 'postgres') await sql`analyze`.execute(db)
  } finally {
    await db.destroy()
  }
}
