import 'server-only'
import { isBucket } from '@/lib/report/collect/plan-buckets'
import type { Store } from '@/lib/store/store'
import type { HeldWindow } from '@/lib/store/windows/windows'
import type { Answer } from '@/lib/timpush/question'
import type { WindowRequest } from './archive'
import type { LifeRequest } from './lives'

/**
 * Stores one answer as one window per requested task, in one transaction. A task that is missing from the results gets a
 * window without counts: unknown, not zero. Buckets of the overall are kept for good, whoever requested them.
 */
export async function storeAnswer(
  windows: Store['windows'],
  request: WindowRequest,
  answer: Answer,
  nowS: number,
): Promise<void> {
  const { app, source, metric, tasks, window } = request
  const common = {
    appId: app.id,
    source,
    metric,
    ...window,
    fetchedAt: nowS,
    raw: answer.raw,
    unreadable: answer.quarantined.length,
  }
  await windows.saveAll(
    tasks.map((task) => ({
      ...common,
      task,
      kept: request.kept === true || (task === '' && isBucket(window, app.utcOffsetMin)),
      ...rowsOf(answer, task),
    })),
  )
}

type EarlierLife = Pick<HeldWindow, 'absent' | 'counts' | 'losses' | 'unreadable'> & { raw: string }

/**
 * Stores one answer as the life of each requested task, and its counts as an observation, in one transaction. A life is
 * kept for good when its time of sending is known and Tencent returns the task. When Tencent no longer returns the task,
 * the data of its last answer stays.
 */
export async function storeLives(
  windows: Store['windows'],
  request: LifeRequest,
  answer: Answer,
  nowS: number,
): Promise<void> {
  const { app, metric, lives } = request
  const returned = { raw: answer.raw, unreadable: answer.quarantined.length }
  const earlier = new Map<string, EarlierLife>()
  for (const life of lives.filter(({ task }) => !isReturned(answer, task))) {
    const [stored] = await windows.find({
      appId: app.id,
      source: 'task',
      metric,
      tasks: [life.task],
      from: life.from,
      to: life.to,
    })
    const raw = stored && (await windows.raw(stored.id))
    if (stored && raw) earlier.set(life.task, { ...stored, raw })
  }
  await windows.saveAll(
    lives.map(({ task, from, to, sentAt }) => {
      const { absent, counts, losses, raw, unreadable } = earlier.get(task) ?? { ...rowsOf(answer, task), ...returned }
      return {
        appId: app.id,
        source: 'task',
        metric,
        task,
        from,
        to,
        fetchedAt: nowS,
        raw,
        unreadable,
        absent,
        counts,
        losses,
        kept: isReturned(answer, task) && sentAt !== null,
        life: isReturned(answer, task),
      }
    }),
  )
}

/** The losses of a task that is missing from the results: every list is absent. */
const ALL_ABSENT = [
  { stage: 'ready_to_send', by: 'total' },
  { stage: 'post_send', by: 'total' },
  { stage: 'ready_to_send', by: 'vendor' },
  { stage: 'post_send', by: 'vendor' },
] as const

export function isReturned(answer: Answer, task: string): boolean {
  return 'results' in answer && answer.results.some((result) => result.task === task)
}

/** Returns the counts or losses of a task in an answer; none where the task is missing from the results. */
export function rowsOf(answer: Answer, task: string) {
  if (answer.kind === 'statistics') {
    const record = answer.results.find((result) => result.task === task)
    return { absent: [], losses: null, counts: record ? { total: record.total, rows: record.rows } : null }
  }
  if (answer.kind === 'loss') {
    const record = answer.results.find((result) => result.task === task)
    return { absent: record ? record.absent : [...ALL_ABSENT], losses: record?.rows ?? [], counts: null }
  }
  throw new Error(`a ${answer.kind} answer has no windows`)
}
