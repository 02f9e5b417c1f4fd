import 'server-only'
import { LRUCache } from 'lru-cache'
import type { Metric } from '@/lib/contract/sources'
import type { Span } from '@/lib/report/range/windows'
import type { Store } from '@/lib/store/store'
import type { HeldWindow } from '@/lib/store/windows/windows'
import type { Answer } from '@/lib/timpush/question'
import { isReturned, rowsOf } from './store-answer'

const MOST_REMEMBERED = 5_000

interface Subject {
  appId: string
  metric: Metric
}

type TaskSpan = Span & { task: string }

/**
 * Remembers in this process which tasks Tencent does not know. Everybody who may read can ask for invented tasks, so these
 * leave nothing in the archive. A registered task, or one that Tencent has returned before, is stored also when absent.
 */
export function createAbsentTasks(store: Pick<Store, 'windows' | 'tasks'>) {
  const remembered = new LRUCache<string, HeldWindow>({ max: MOST_REMEMBERED })
  const keyOf = ({ appId, metric }: Subject, { task, from, to }: TaskSpan) =>
    JSON.stringify([appId, metric, from, to, task])

  async function unknownIn(appId: string, tasks: string[]): Promise<Set<string>> {
    if (tasks.length === 0) return new Set()
    const [registered, stored] = await Promise.all([
      store.tasks.find(appId, tasks),
      store.windows.tasksWithWindows(appId, tasks),
    ])
    const known = new Set([...registered.map(({ taskId }) => taskId), ...stored])
    return new Set(tasks.filter((task) => !known.has(task)))
  }

  return {
    /** Returns an empty window for each of these spans whose task is remembered as absent. */
    windows(subject: Subject, spans: TaskSpan[]): HeldWindow[] {
      return spans.flatMap((span) => remembered.get(keyOf(subject, span)) ?? [])
    },

    /**
     * Remembers the tasks that Tencent does not know, and returns the others, which are to be stored. `nowS` is the time
     * of the answer. Where part of the answer could not be read, an absent task may be in that part, so it is stored.
     */
    async setAside<T extends TaskSpan>(subject: Subject, spans: T[], answer: Answer, nowS: number): Promise<T[]> {
      const missing = spans.map(({ task }) => task).filter((task) => task !== '' && !isReturned(answer, task))
      const unknown = await unknownIn(subject.appId, answer.quarantined.length > 0 ? [] : missing)
      for (const span of spans) {
        const key = keyOf(subject, span)
        if (unknown.has(span.task)) remembered.set(key, emptyWindow(span, answer, nowS))
        else remembered.delete(key)
      }
      return spans.filter(({ task }) => !unknown.has(task))
    },
  }
}

/** It is not in the store, so it has no ID and no revision there. */
function emptyWindow({ task, from, to }: TaskSpan, answer: Answer, nowS: number): HeldWindow {
  return {
    id: 0,
    task,
    from,
    to,
    fetchedAt: nowS,
    sameSince: nowS,
    fellAt: null,
    revision: 0,
    final: false,
    unreadable: 0,
    ...rowsOf(answer, task),
  }
}
