import { DAY, HORIZON, HOUR, TASKS_PER_CALL } from '@/lib/contract/limits'
import type { Metric } from '@/lib/contract/sources'
import { earliestAskable, type Span } from '@/lib/report/range/windows'
import { type Life, lifeOf, type SentTask } from '@/lib/report/tasks/life'

/** The fields of a stored task window that planning needs. Epoch seconds. */
export interface TaskHeader extends Span {
  task: string
  fetchedAt: number
}

/** One call: at most five lives, requested over one common window. */
export interface TaskWork {
  lives: Life[]
  priority: 'newest' | 'settling' | 'fill'
}

export interface TaskPlan {
  /** Most urgent first. */
  work: TaskWork[]
  /** When the next observation is due, in epoch seconds, whatever is fetched meanwhile. */
  nextAt: number
}

/**
 * The last observation is made this long before Tencent forgets the task. Within this time it goes before everything
 * else.
 */
const LAST_OBSERVATION_S = HOUR

interface Due {
  life: Life
  priority: TaskWork['priority']
}

/**
 * Plans the observations of one metric that are due, from the stored windows and the clock alone. A life is due when it
 * has passed an age of the schedule since its last fetch. The first observation of an old task is least urgent.
 */
export function planTasks(
  metric: Metric,
  { tasks, held, nowS }: { tasks: SentTask[]; held: TaskHeader[]; nowS: number },
): TaskPlan {
  const fetches = fetchesOf(metric, held)
  const due: Due[] = []
  let nextAt = Infinity
  for (const task of tasks) {
    const life = lifeOf(task, metric, nowS)
    if (life.from < earliestAskable(HORIZON[metric], nowS)) continue
    const fetchedAt = fetches.get(life.sentAt === null ? life.task : lifeKey(life))
    const schedule = life.sentAt === null ? dailySchedule(fetchedAt, nowS) : scheduleOf(life, life.sentAt, nowS)
    nextAt = Math.min(nextAt, schedule.nextAt)
    if (schedule.dueAt <= (fetchedAt ?? -Infinity)) continue
    due.push({ life, priority: priorityOf(life, schedule.dueAt, { seen: fetchedAt !== undefined, nowS }) })
  }
  return { work: callsOfFive(due), nextAt }
}

interface Schedule {
  /** The latest one that has come, in epoch seconds; -Infinity before the first. */
  dueAt: number
  nextAt: number
}

/**
 * Schedules a life: at each hour of its age for two days, then at each day, and once shortly before Tencent forgets it.
 */
function scheduleOf({ to }: Life, sentAt: number, nowS: number): Schedule {
  const [last, age] = [to - LAST_OBSERVATION_S, nowS - sentAt]
  if (nowS >= last) return { dueAt: last, nextAt: Infinity }
  const [hours, days] = [Math.floor(age / HOUR), Math.floor(age / DAY)]
  const due = days >= 3 ? days * DAY : Math.min(hours, 48) * HOUR
  const next = hours < 48 ? Math.max(hours + 1, 1) * HOUR : Math.max(days + 1, 3) * DAY
  return { dueAt: hours < 1 ? -Infinity : sentAt + due, nextAt: Math.min(sentAt + next, last) }
}

function dailySchedule(fetchedAt: number | undefined, nowS: number): Schedule {
  const at = fetchedAt === undefined ? nowS : fetchedAt + DAY
  return at <= nowS ? { dueAt: at, nextAt: Infinity } : { dueAt: -Infinity, nextAt: at }
}

/**
 * Ranks a due life. A task never observed may have any age: a reader waits for one sent within the hour, but not for a
 * month of imports.
 */
function priorityOf({ to, sentAt }: Life, dueAt: number, { seen, nowS }: { seen: boolean; nowS: number }) {
  if (sentAt === null) return 'fill'
  if (dueAt === to - LAST_OBSERVATION_S) return 'newest'
  return seen || nowS - dueAt < HOUR ? 'settling' : 'fill'
}

/**
 * Maps each life to its last fetch. A life without a known sending time is named after its hour, which moves on, so it
 * is found by its task alone.
 */
function fetchesOf(metric: Metric, held: TaskHeader[]): Map<string, number> {
  const fetches = new Map<string, number>()
  for (const one of held.filter(({ from, to }) => to - from === HORIZON[metric])) {
    fetches.set(lifeKey(one), one.fetchedAt)
    fetches.set(one.task, Math.max(one.fetchedAt, fetches.get(one.task) ?? -Infinity))
  }
  return fetches
}

const ORDER = ['newest', 'settling', 'fill'] as const

/**
 * Groups due lives into calls of five, oldest first within a priority: Tencent forgets those first, and a call begins
 * at its oldest life.
 */
function callsOfFive(due: Due[]): TaskWork[] {
  return ORDER.flatMap((priority) => {
    const all = due.filter((one) => one.priority === priority).sort((a, b) => a.life.from - b.life.from)
    return Array.from({ length: Math.ceil(all.length / TASKS_PER_CALL) }, (_, i) => {
      const five = all.slice(i * TASKS_PER_CALL, (i + 1) * TASKS_PER_CALL)
      return { lives: five.map(({ life }) => life), priority }
    })
  })
}

function lifeKey({ task, from }: { task: string; from: number }): string {
  return `${from} ${task}`
}

/**
 * Returns the start of the stored windows that a plan at `nowS` needs, in epoch seconds. Lives named after their hour
 * need an extra day.
 */
export function taskReach(metric: Metric, nowS: number): number {
  return nowS - HORIZON[metric] - 2 * DAY
}
