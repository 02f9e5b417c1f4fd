import 'server-only'
import { METRICS } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'

/** Returns which of these tasks have any stored window. */
export async function tasksWithWindows(db: Db, appId: string, tasks: string[]): Promise<string[]> {
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
