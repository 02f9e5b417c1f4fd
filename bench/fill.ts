import { DAY, HOUR } from '@/lib/contract/limits'
import { METRICS, type Metric, SOURCES, type Source } from '@/lib/contract/sources'
import type { Store } from '@/lib/store/store'
import type { WindowAnswer } from '@/lib/store/windows/window-save'
import { rowsIn, syntheticAnswer } from './synthetic-answers'

export interface Filled {
  windows: number
  rows: number
}

type FillStore = Pick<Store, 'windows' | 'tasks'>
type Subject = { appId: string; source: Source; metric: Metric }

/** Saves answers as the archive does: raw answer, rows and daily roll-up in one transaction. */
export async function saveAnswers(store: FillStore, answers: WindowAnswer[]): Promise<Filled> {
  await store.windows.saveAll(answers)
  return { windows: answers.length, rows: answers.reduce((sum, one) => sum + rowsIn(one), 0) }
}

/** Returns the answers of one day over all campaigns: the day and its 24 hours. `day` is its start in epoch seconds. */
export function dayAnswers(subject: Subject, day: number): WindowAnswer[] {
  const hours = Array.from({ length: 24 }, (_, i) => ({ from: day + i * HOUR, to: day + (i + 1) * HOUR }))
  return [{ from: day, to: day + DAY }, ...hours].map((span) =>
    syntheticAnswer({ ...subject, ...span, task: '', kept: true }),
  )
}

/** Fills the days of `[from, to)` for both sources and the given metrics, latest first. */
export async function fillDays(
  store: FillStore,
  appId: string,
  span: { from: number; to: number },
  metrics: readonly Metric[],
): Promise<Filled> {
  const all = { windows: 0, rows: 0 }
  for (let day = span.to - DAY; day >= span.from; day -= DAY) {
    const answers = SOURCES.flatMap((source) => metrics.flatMap((metric) => dayAnswers({ appId, source, metric }, day)))
    addFilled(all, await saveAnswers(store, answers))
  }
  return all
}

/** Fills campaigns sent evenly over `[from, to)`, each with its life: 30 days of statistics and 7 days of losses. */
export async function fillTasks(
  store: FillStore,
  appId: string,
  count: number,
  { from, to }: { from: number; to: number },
): Promise<Filled> {
  const all = { windows: 0, rows: 0 }
  const each = Math.floor((to - from) / count)
  for (let i = 0; i < count; i += 100) {
    const tasks = Array.from({ length: Math.min(100, count - i) }, (_, j) =>
      taskOf(i + j, Math.floor((from + (i + j) * each) / HOUR) * HOUR),
    )
    for (const { task, at } of tasks)
      await store.tasks.register({ appId, taskId: task, sentAt: at, knownBy: 'api', createdAt: at })
    const lives = tasks.flatMap(({ task, at }) =>
      METRICS.map((metric) =>
        syntheticAnswer({
          appId,
          source: 'task',
          metric,
          task,
          from: at,
          to: at + (metric === 'loss' ? 7 : 30) * DAY,
          kept: true,
        }),
      ),
    )
    addFilled(all, await saveAnswers(store, lives))
  }
  return all
}

function taskOf(i: number, at: number) {
  return { at, task: `${at.toString(16)}_5375e6d8_200000${i.toString(16).padStart(8, '0')}_cf7963dc_386ba222` }
}

export function addFilled(all: Filled, more: Filled): void {
  all.windows += more.windows
  all.rows += more.rows
}
