import 'server-only'
import { type RawBuilder, sql } from 'kysely'
import { type Direction, type StoredSort, usualDirection } from '@/lib/contract/campaigns/sorts'
import { isPostgres } from '@/lib/store/engine/dialect'
import type { Db } from '@/lib/store/engine/open'
import { newestOfTags } from './newest-of-tags'
import { keysOfText, rowOfTask, type Task, type TaskKey, taskOfRow } from './task-rows'
import { findTasks, type SavedTask, saveTasks } from './task-save'

/** Where a page of tasks ended: the value of its sort key, and the ID among tasks with the same value. */
export interface TaskPlace {
  key: string | number
  taskId: string
}

export interface TaskFilter {
  /** Any part of label, tags, ID or note, case-insensitive. */
  q?: string | undefined
  tag?: string | undefined
}

export interface TaskPage extends TaskFilter {
  /** Last sent or registered first, or by name. For an unknown sending time the time of registration is used. */
  sort: StoredSort
  /** Left out: the usual direction of the order. Tasks with equal keys are always in the order of their IDs. */
  dir?: Direction | undefined
  after: TaskPlace | null
  limit: number
}

const KEYS: Record<StoredSort, { key: RawBuilder<string | number>; of(task: Task): string | number }> = {
  sentAt: { key: sql`coalesce(sent_at, created_at)`, of: (task) => task.sentAt ?? task.createdAt },
  label: { key: sql`label_key`, of: (task) => rowOfTask(task).label_key },
  createdAt: { key: sql`created_at`, of: (task) => task.createdAt },
}

function matching(db: Db, appId: string, { q, tag }: TaskFilter) {
  const holds = (column: 'words' | 'tags', text: string) =>
    isPostgres(db)
      ? sql<boolean>`strpos(${sql.ref(column)}, ${text}) > 0`
      : sql<boolean>`instr(${sql.ref(column)}, ${text}) > 0`
  let found = db.selectFrom('tasks').where('app_id', '=', appId)
  if (q) found = found.where(holds('words', q.toLowerCase()))
  return tag === undefined ? found : found.where(holds('tags', JSON.stringify(tag)))
}

/** Registered tasks. The upstream has no list of them. */
export function tasks(db: Db) {
  return {
    ...newestOfTags(db),

    /** Registers a task. A registered task keeps its description and only gains a missing sending time. */
    async register(task: Pick<Task, 'appId' | 'taskId' | 'sentAt' | 'knownBy' | 'createdAt'>): Promise<void> {
      await db
        .insertInto('tasks')
        .values(rowOfTask({ ...task, label: '', tags: [], note: '' }))
        .onConflict((conflict) =>
          conflict
            .columns(['app_id', 'task_id'])
            .doUpdateSet((eb) => ({ sent_at: eb.fn.coalesce('tasks.sent_at', 'excluded.sent_at') })),
        )
        .execute()
    },

    async get(appId: string, taskId: string): Promise<Task | null> {
      return (await findTasks(db, appId, [taskId]))[0] ?? null
    },

    /** Returns the registered tasks of the list, in no order. */
    find(appId: string, taskIds: string[]): Promise<Task[]> {
      return findTasks(db, appId, taskIds)
    },

    /** Returns the tasks sent in a half-open span, in order of time: at most `limit`, the latest. */
    async sentWithin(appId: string, { from, to, limit }: { from: number; to: number; limit: number }): Promise<Task[]> {
      const found = db.selectFrom('tasks').selectAll().where('app_id', '=', appId)
      const rows = await found
        .where('sent_at', '>=', from)
        .where('sent_at', '<', to)
        .orderBy('sent_at', 'desc')
        .orderBy('task_id')
        .limit(limit)
        .execute()
      return rows.map(taskOfRow).reverse()
    },

    /** Returns tasks, last sent first. For an unknown sending time the time of registration is used. */
    async list(appId: string, limit: number): Promise<Task[]> {
      return (await this.page(appId, { sort: 'sentAt', after: null, limit })).items
    },

    /** Returns one page. `next` is where the following page starts; null at the end of the list. */
    async page(appId: string, { q, tag, sort, dir, after, limit }: TaskPage) {
      const { key, of } = KEYS[sort]
      const down = (dir ?? usualDirection(sort)) === 'desc'
      let found = matching(db, appId, { q, tag }).selectAll()
      if (after) {
        const past = sql.raw(down ? '<' : '>')
        found = found.where(
          sql<boolean>`(${key} ${past} ${after.key} or (${key} = ${after.key} and task_id > ${after.taskId}))`,
        )
      }
      const rows = await found
        .orderBy(key, down ? 'desc' : 'asc')
        .orderBy('task_id')
        .limit(limit + 1)
        .execute()
      const items = rows.slice(0, limit).map(taskOfRow)
      const last = items.at(-1)
      const next: TaskPlace | null = rows.length > limit && last ? { key: of(last), taskId: last.taskId } : null
      return { items, next }
    },

    /** Returns what all tasks that match are ordered by, in no order. */
    async keys(appId: string, filter: TaskFilter): Promise<TaskKey[]> {
      const all = isPostgres(db)
        ? sql<string>`coalesce(json_agg(json_build_array(task_id, tags::json, sent_at, created_at, label_key))::text, '[]')`
        : sql<string>`json_group_array(json_array(task_id, json(tags), sent_at, created_at, label_key))`
      const { keys } = await matching(db, appId, filter).select(all.as('keys')).executeTakeFirstOrThrow()
      return keysOfText(keys)
    },

    /** Registers or changes a task. `make` is as in `saveTasks`. */
    async put(appId: string, taskId: string, make: (taskId: string, before: Task | null) => Task): Promise<SavedTask> {
      const [saved] = await db.transaction().execute((trx) => saveTasks(trx, appId, [taskId], make))
      if (!saved) throw new Error('nothing was saved')
      return saved
    },
  }
}
