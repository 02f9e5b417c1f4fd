import type { WindowState } from '@/lib/contract/freshness'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import type { Metric } from '@/lib/contract/sources'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { earliestAskable, type Span, stateOfWindow } from '@/lib/report/range/windows'

/** When a task was sent, as people said: epoch seconds, or null. */
export interface SentTask {
  taskId: string
  sentAt: number | null
}

/**
 * Everything one metric can ever tell about a task: `[hour of sending, + horizon)`. Because it begins at the sending,
 * it contains all counts, whether Tencent counts by time of sending or of event.
 */
export interface Life extends Span {
  task: string
  /**
   * Epoch seconds; null where unknown. Then the life is the period that Tencent remembers now, named after its first
   * hour.
   */
  sentAt: number | null
}

const MINUTE = 60
/** The time in an ID may be ahead of our clock by this much. */
const MAX_AHEAD_S = HOUR

/** Returns when a task was sent: as people said, else as its ID hints; null where neither is known. */
export function sentAtOf({ taskId, sentAt }: SentTask, nowS: number): number | null {
  const hint = sentAt ?? hintsOf(taskId).sentAt
  return hint !== null && sentAt === null && hint > nowS + MAX_AHEAD_S ? null : hint
}

export function lifeOf(task: SentTask, metric: Metric, nowS: number): Life {
  const sentAt = sentAtOf(task, nowS)
  const from =
    sentAt === null ? Math.ceil(earliestAskable(HORIZON[metric], nowS) / HOUR) * HOUR : Math.floor(sentAt / HOUR) * HOUR
  return { task: task.taskId, sentAt, from, to: from + HORIZON[metric] }
}

/**
 * Returns one window over the elapsed part of some lives. It ends at the current minute, so that many readers send the
 * same request.
 */
export function pastOf(lives: Span[], nowS: number): Span {
  const from = Math.min(...lives.map((life) => life.from))
  const end = Math.min(Math.floor(nowS / MINUTE) * MINUTE, Math.max(...lives.map((life) => life.to)))
  // In the first minute nothing has elapsed yet; the current minute is requested.
  return { from, to: Math.max(end, Math.max(...lives.map((life) => life.from)) + MINUTE) }
}

interface HeldLife {
  fetchedAt: number
  final: boolean
}

/**
 * Returns the state of a life. It grows from its first hour on, fast at first, so a refresh is due after half its age
 * and at the latest after a day.
 */
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
