import 'server-only'
import { type TaskCoverReply, taskCoverQuery } from '@/lib/contract/campaigns/task-cover'
import { HORIZON } from '@/lib/contract/limits'
import { type TaskReply, type TasksQuery, type TasksReply, tasksQuery } from '@/lib/contract/tasks'
import { findTask } from '@/lib/service/tasks/find-task'
import { getTaskCover } from '@/lib/service/tasks/get-task-cover'
import { listTasks } from '@/lib/service/tasks/list-tasks'
import { warmOrders } from '@/lib/service/tasks/task-orders'
import { type Page, type PageResult, pageResult, queryWithout, type Search } from './page'

export interface ReadTasks {
  query: TasksQuery
  reply: TasksReply
  /** The campaign whose form is open; null where nobody registered it. */
  edited: TaskReply | null
  /** The days for which Tencent still reports loss reasons. */
  cover: TaskCoverReply
  /** Epoch milliseconds of the data's clock. */
  nowMs: number
  /** Where the sender's backend reaches the API. */
  origin: string
}

/** Fills a screen. Each further row keeps a phone from reacting longer, and with scripts the list continues by itself. */
const FIRST_ROWS = 25

/** Reads the registered campaigns, and how many pushes belong to none of them. */
export function readTasks(page: Page, search: Search): Promise<PageResult<ReadTasks>> {
  return pageResult(async ({ ctx, publicUrl }) => {
    const query = tasksQuery.parse({ limit: FIRST_ROWS, ...queryWithout(search, 'app', 'edit', 'add') })
    const nowS = ctx.clock.dataS()
    const week = taskCoverQuery.parse({ from: String(nowS - HORIZON.loss) })
    const { edit } = search
    const scoped = page.scope('read', query)
    const [reply, edited, cover] = await Promise.all([
      listTasks(ctx, scoped),
      typeof edit === 'string' ? findTask(ctx, page.scope('read', { taskId: edit })) : null,
      getTaskCover(ctx, page.scope('read', week)),
    ])
    warmOrders(ctx, scoped)
    return { query, reply, edited, cover, nowMs: nowS * 1_000, origin: publicUrl.origin }
  })
}
