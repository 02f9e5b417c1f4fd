import type { WindowState } from '@/lib/contract/freshness'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import type { Metric } from '@/lib/contract/sources'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { earliestAskable, type Span, stateOfWindow } from '@/lib/report/range/windows'

/** What is known of a task's sending, epoch seconds; null where nobody said. */
export interface SentTask {
  taskId: string
  sentAt: number | null
}

/**
 * All of a task that one metric can ever tell: `[hour of sending, + horizon)`. Begun at the sending, it holds all of it
 * whether the upstream counts by time of sending or of event.
 */
export interface Life extends Span {
  task: string
  /** Epoch seconds; null where nobody knows: then the life is what the upstream remembers now, named by its hour. */
  sentAt: number | null
}

const MINUTE = 60
/** An ID may be a little ahead of our clock, but not by more. */
const AHEAD = HOUR

/** When a task was sent: as people said, else as its ID hints; null where neither tells. */
export function sentAtOf({ taskId, sentAt }: SentTask, nowS: number): number | null {
  const hint = sentAt ?? hintsOf(taskId).sentAt
  return hint !== null && sentAt === null && hint > nowS + AHEAD ? null : hint
}

export function lifeOf(task: SentTask, metric: Metric, nowS: number): Life {
  const sentAt = sentAtOf(task, nowS)
  const from =
    sentAt === null ? Math.ceil(earliestAskable(HORIZON[metric], nowS) / HOUR) * HOUR : Math.floor(sentAt / HOUR) * HOUR
  return { task: task.taskId, sentAt, from, to: from + HORIZON[metric] }
}

/** The part of some lives that is over: one window for all of them, to the minute begun last, so that many ask alike. */
export function pastOf(lives: Span[], nowS: number): Span {
  const from = Math.min(...lives.map((life) => life.from))
  const end = Math.min(Math.floor(nowS / MINUTE) * MINUTE, Math.max(...lives.map((life) => life.to)))
  // In its first minute nothing is over yet: the minute that runs is asked for.
  return { from, to: Math.max(end, Math.max(...lives.map((life) => life.from)) + MINUTE) }
}

interface HeldLife {
  fetchedAt: number
  final: boolean
}

/** A life grows from its first hour on, fast at first: due when half its age has gone by, after a day at the latest. */
export function lifeState(life: Span, metric: Metric, held: HeldLife | undefined, nowS: number): WindowState {
  const fetchedAt = held?.fetchedAt ?? null
  return stateOfWindow({
    from: life.from,
    to: fetchedAt === null ? life.to : Math.max(life.from, fetchedAt - 2 * DAY),
    heldFetchedAt: fetchedAt,
    final: held?.final ?? false,
    queued: false,
    horizon: HORIZON[metric],
    nowS,
  })
}
