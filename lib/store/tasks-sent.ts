import 'server-only'
import type { Db } from './open'

/** What is known of the sending of each task sent since then (s); where nobody knows when, of those known since then. */
export async function sentSince(
  db: Db,
  { appId, from }: { appId: string; from: number },
): Promise<{ taskId: string; sentAt: number | null }[]> {
  const rows = await db
    .selectFrom('tasks')
    .select(['task_id', 'sent_at'])
    .where('app_id', '=', appId)
    .where((eb) => eb(eb.fn.coalesce('sent_at', 'created_at'), '>=', from))
    .execute()
  return rows.map((row) => ({ taskId: row.task_id, sentAt: row.sent_at }))
}
