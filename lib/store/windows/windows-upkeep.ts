import 'server-only'
import { sql } from 'kysely'
import { METRICS, type Metric, type Source } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'

/** Epoch seconds, `[from, to)` half-open. */
interface WindowHeader {
  metric: Metric
  from: number
  to: number
  fetchedAt: number
  final: boolean
}

/** What the archive needs to fill and prune the windows. */
export function upkeep(db: Db) {
  return {
    /**
     * Returns the stored overall windows since then (epoch seconds), both metrics, without counts: planning reads this
     * often.
     */
    async headers(span: { appId: string; source: Source; from: number }): Promise<WindowHeader[]> {
      const rows = await db
        .selectFrom('windows')
        .select(['metric', 'from_s', 'to_s', 'fetched_at', 'final'])
        .where('app_id', '=', span.appId)
        .where('source', '=', span.source)
        .where('metric', 'in', METRICS)
        .where('task', '=', '')
        .where('from_s', '>=', span.from)
        .orderBy('from_s')
        .execute()
      return rows.map((row) => ({
        // This column is written from this type only.
        metric: row.metric as Metric,
        from: row.from_s,
        to: row.to_s,
        fetchedAt: row.fetched_at,
        final: row.final === 1,
      }))
    },

    /**
     * Returns the stored task windows that start at or after then (epoch seconds), lives and exact windows, without
     * counts.
     */
    async taskHeaders(span: { appId: string; metric: Metric; from: number }) {
      const rows = await db
        .selectFrom('windows')
        .select(['task', 'from_s', 'to_s', 'fetched_at', 'final'])
        .where('app_id', '=', span.appId)
        .where('source', '=', 'task')
        .where('metric', '=', span.metric)
        .where('task', '<>', sql.lit(''))
        .where('from_s', '>=', span.from)
        .execute()
      return rows.map((row) => ({
        task: row.task,
        from: row.from_s,
        to: row.to_s,
        fetchedAt: row.fetched_at,
        final: row.final === 1,
      }))
    },

    ...pruning(db),

    /** Keeps the stored windows of all pushes over exactly this span for good, both metrics: a frozen link was made from them. */
    async keep({
      appId,
      source,
      from,
      to,
    }: {
      appId: string
      source: Source
      from: number
      to: number
    }): Promise<void> {
      await db
        .updateTable('windows')
        .set({ kept: 1 })
        .where('app_id', '=', appId)
        .where('source', '=', source)
        .where('metric', 'in', METRICS)
        .where('task', '=', sql.lit(''))
        .where('from_s', '=', from)
        .where('to_s', '=', to)
        .where('kept', '=', 0)
        .execute()
    },

    /** Marks a metric's windows that start before then (epoch seconds) as final: they can't be fetched again. */
    async close(metric: Metric, before: number): Promise<void> {
      const open = db.updateTable('windows').set({ final: 1 }).where('final', '=', 0).where('metric', '=', metric)
      await open.where('from_s', '<', before).execute()
    },
  }
}

/** What is due for deletion: windows that are not kept for good and were last fetched before then (epoch seconds). */
function pruning(db: Db) {
  return {
    /** Deletes them. Returns their number. */
    async prune(before: number): Promise<number> {
      const exited = db.deleteFrom('windows').where('kept', '=', 0).where('fetched_at', '<', before)
      return Number((await exited.executeTakeFirst()).numDeletedRows)
    },

    /** Returns what `prune` would delete, and the oldest fetch among it. */
    prunable: (before: number) =>
      db
        .selectFrom('windows')
        .where('kept', '=', 0)
        .where('fetched_at', '<', before)
        .select((row) => [row.fn.countAll<number>().as('rows'), row.fn.min('fetched_at').as('oldest')])
        .executeTakeFirstOrThrow(),
  }
}
