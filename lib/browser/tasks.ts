import { infiniteQueryOptions } from '@tanstack/react-query'
import { tasksParams } from '@/lib/contract/links'
import type { ImportReply, SearchReply, TaskReply, TasksQuery, TasksReply, UndoReply } from '@/lib/contract/tasks'
import { api, post, put } from './api'
import { shouldRetry } from './queries'

/** How many rows each further page has. */
const PAGE = 200

const tasksOf = (app: string) => `/api/v1/apps/${encodeURIComponent(app)}/tasks`

/** The campaign list, page by page. `first` is the page that the server read. */
export function tasksOptions(app: string, query: TasksQuery, first: TasksReply) {
  const { q, tag, sort, dir, group, cursor: start = null } = query
  return infiniteQueryOptions({
    queryKey: ['tasks', app, { q, tag, sort, dir, group, start }],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ?? undefined
      const limit = pageParam === start ? query.limit : PAGE
      return api<TasksReply>(`${tasksOf(app)}?${tasksParams({ q, tag, sort, dir, group, cursor, limit })}`, { signal })
    },
    initialPageParam: start,
    getNextPageParam: ({ next }) => next,
    initialData: { pages: [first], pageParams: [start] },
    staleTime: 60_000,
    retry: shouldRetry,
  })
}

/** Finds campaigns by text. The text is posted, because it may be a UserID. */
export function searchTasks(app: string, q: string, signal: AbortSignal): Promise<SearchReply> {
  return post<SearchReply>(`${tasksOf(app)}/search`, { q }, signal)
}

/** Returns what an import would do with each line. Nothing is written. */
export function previewImport(app: string, text: string): Promise<ImportReply> {
  return post<ImportReply>(`${tasksOf(app)}/import`, { text, dryRun: true })
}

export function importTasks(app: string, text: string): Promise<ImportReply> {
  return post<ImportReply>(`${tasksOf(app)}/import`, { text, dryRun: false })
}

export function undoImport(app: string, undo: string): Promise<UndoReply> {
  return post<UndoReply>(`${tasksOf(app)}/import/undo`, { undo })
}

export function putTask(app: string, taskId: string, body: Partial<TaskReply>): Promise<TaskReply> {
  return put<TaskReply>(`${tasksOf(app)}/${encodeURIComponent(taskId)}`, body)
}
