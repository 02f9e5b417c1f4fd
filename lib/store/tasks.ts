import 'server-only'
import type { Selectable } from 'kysely'
import type { Db } from './open'
import type { Database } from './schema'

/** A campaign whose TaskID is known. `sentAt` and `createdAt` are epoch seconds; a sending time nobody knows is null. */
export interface Task {
  appId: string
  taskId: string
  label: string
  tags: string[]
  note: string
  sentAt: number | null
  /** How its ID came to us: `lookup`, … */
  knownBy: string
  createdAt: number
}

/** The tasks that are known: the upstream has no list of them. */
export function tasks(db: Db) {
  return {
    /** Adds a task; one that is known stays as people described it, and only gains a sending time it had not. */
    async know(task: Pick<Task, 'appId' | 'taskId' | 'sentAt' | 'knownBy' | 'createdAt'>): Promise<void> {
      await db
        .insertInto('tasks')
        .values({
          app_id: task.appId,
          task_id: task.taskId,
          label: '',
          tags: '[]',
          note: '',
          sent_at: task.sentAt,
          known_by: task.knownBy,
          created_at: task.createdAt,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['app_id', 'task_id'])
            .doUpdateSet((eb) => ({ sent_at: eb.fn.coalesce('tasks.sent_at', 'excluded.sent_at') })),
        )
        .execute()
    },

    async get(appId: string, taskId: string): Promise<Task | null> {
      const row = await db
        .selectFrom('tasks')
        .selectAll()
        .where('app_id', '=', appId)
        .where('task_id', '=', taskId)
        .executeTakeFirst()
      return row ? taskOf(row) : null
    },

    /** The last sent first; where the sending time is unknown, the time we came to know it stands for it. */
    async list(appId: string, limit: number): Promise<Task[]> {
      const rows = await db
        .selectFrom('tasks')
        .selectAll()
        .where('app_id', '=', appId)
        .orderBy((eb) => eb.fn.coalesce('sent_at', 'created_at'), 'desc')
        .orderBy('task_id')
        .limit(limit)
        .execute()
      return rows.map(taskOf)
    },
  }
}

function taskOf(row: Selectable<Database['tasks']>): Task {
  return {
    appId: row.app_id,
    taskId: row.task_id,
    label: row.label,
    // A JSON list of strings is all that is ever written here.
    tags: JSON.parse(row.tags) as string[],
    note: row.note,
    sentAt: row.sent_at,
    knownBy: row.known_by,
    createdAt: row.created_at,
  }
}
