import 'server-only'
import { isBucket } from '@/lib/report/collect/plan-buckets'
import type { Store } from '@/lib/store/store'
import type { HeldWindow } from '@/lib/store/windows/windows'
import type { Answer } from '@/lib/timpush/question'
import type { Wanted } from './archive'
import type { WantedLives } from './lives'

/**
 * Writes one answer as a window per task asked for, in one transaction. A task the upstream left out of its results
 * becomes a window without counts: it was asked, and nothing is known of it; that is not zero. A bucket of the overall
 * is kept for good, whoever asked for it.
 */
export async function keepAnswer(
  windows: Store['windows'],
  wanted: Wanted,
  answer: Answer,
  nowS: number,
): Promise<void> {
  const { app, source, metric, tasks, window } = wanted
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
      kept: task === '' && isBucket(window, app.utcOffsetMin),
      ...rowsOf(answer, task),
    })),
  )
}

/**
 * Writes one answer as the life of each task asked for, and its counts as an observation, in one transaction. Kept for
 * good is the life of a task the upstream knows, begun at its sending; once it no longer tells of it, what it told stays.
 */
export async function keepLives(
  windows: Store['windows'],
  { app, metric, lives }: WantedLives,
  answer: Answer,
  nowS: number,
): Promise<void> {
  const subject = { appId: app.id, source: 'task' as const, metric }
  const isTold = (task: string) => 'results' in answer && answer.results.some((result) => result.task === task)
  const told = { raw: answer.raw, unreadable: answer.quarantined.length }
  const before = new Map<string, Pick<HeldWindow, 'absent' | 'counts' | 'losses' | 'unreadable'> & { raw: string }>()
  for (const { task, from, to } of lives.filter((life) => !isTold(life.task))) {
    const [held] = await windows.find({ ...subject, tasks: [task], from, to })
    const raw = held && (await windows.raw(held.id))
    if (held && raw) before.set(task, { ...held, raw })
  }
  await windows.saveAll(
    lives.map(({ task, from, to, sentAt }) => {
      const { absent, counts, losses, raw, unreadable } = before.get(task) ?? { ...rowsOf(answer, task), ...told }
      return {
        ...{ ...subject, task, from, to, fetchedAt: nowS, raw, unreadable, absent, counts, losses },
        ...{ kept: isTold(task) && sentAt !== null, life: isTold(task) },
      }
    }),
  )
}

/** Of losses nothing was told. */
const ALL_ABSENT = [
  { stage: 'ready_to_send', by: 'total' },
  { stage: 'post_send', by: 'total' },
  { stage: 'ready_to_send', by: 'vendor' },
  { stage: 'post_send', by: 'vendor' },
] as const

function rowsOf(answer: Answer, task: string) {
  if (answer.kind === 'statistics') {
    const record = answer.results.find((result) => result.task === task)
    return { absent: [], losses: null, counts: record ? { total: record.total, rows: record.rows } : null }
  }
  if (answer.kind === 'loss') {
    const record = answer.results.find((result) => result.task === task)
    return { absent: record ? record.absent : [...ALL_ABSENT], losses: record?.rows ?? [], counts: null }
  }
  throw new Error(`a ${answer.kind} answer is no window`)
}
