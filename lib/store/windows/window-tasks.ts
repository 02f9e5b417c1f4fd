import 'server-only'
import type { LossRecord } from '@/lib/contract/records'
import { METRICS, type Metric } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'
import { decodeCounts, decodeLosses } from './window-rows'
import type { HeldWindow } from './windows'

/** The life of a task as a window. Times are epoch seconds, half-open. */
interface LifeKey {
  task: string
  from: number
  to: number
}

/** What a stored life says. `counts` and `losses` are as in a window. */
export type HeldLife = Pick<HeldWindow, 'from' | 'to' | 'fetchedAt' | 'counts' | 'losses' | 'absent'>

/** SQLite allows 32 766 parameters in a statement. */
const CHUNK = 1_000

async function findLives(
  db: Db,
  { appId, metric }: { appId: string; metric: Metric },
  lives: LifeKey[],
): Promise<Map<string, HeldLife>> {
  const wanted = new Map(lives.map((life) => [life.task, life]))
  const found = new Map<string, HeldLife>()
  for (let i = 0; i < lives.length; i += CHUNK) {
    const some = lives.slice(i, i + CHUNK)
    const rows = await db
      .selectFrom('windows')
      .select(['task', 'from_s', 'to_s', 'fetched_at', 'counts', 'losses', 'absent'])
      .where('app_id', '=', appId)
      .where('source', '=', 'task')
      .where('metric', '=', metric)
      .where(
        'task',
        'in',
        some.map(({ task }) => task),
      )
      .execute()
    for (const row of rows) {
      const life = wanted.get(row.task)
      if (life?.from !== row.from_s || life.to !== row.to_s) continue
      found.set(row.task, {
        from: row.from_s,
        to: row.to_s,
        fetchedAt: row.fetched_at,
        counts: row.counts === null ? null : decodeCounts(row.counts),
        losses: row.losses === null ? null : decodeLosses(row.losses),
        // This column is written from this type only.
        absent: JSON.parse(row.absent) as LossRecord['absent'],
      })
    }
  }
  return found
}

/** Reads the windows of many tasks at once. */
export function windowTasks(db: Db) {
  return {
    /** Returns the stored lives of tasks by TaskID. A task without one is not in the map. */
    lives: (subject: { appId: string; metric: Metric }, lives: LifeKey[]): Promise<Map<string, HeldLife>> =>
      findLives(db, subject, lives),

    /** Returns which of these tasks have any stored window. */
    tasksWithWindows: (appId: string, tasks: string[]): Promise<string[]> => tasksWithWindows(db, appId, tasks),
  }
}

async function tasksWithWindows(db: Db, appId: string, tasks: string[]): Promise<string[]> {
  const found = await db
    .selectFrom('windows')
    .select('task')
    .distinct()
    .where('app_id', '=', appId)
    .where('source', '=', 'task')
    .where('metric', 'in', METRICS)
    .where('task', 'in', tasks)
    .execute()
  return found.map(({ task }) => task)
}
