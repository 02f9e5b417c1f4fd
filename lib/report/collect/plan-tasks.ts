import { DAY, HORIZON, HOUR, TASKS_PER_CALL } from '@/lib/contract/limits'
import type { Metric } from '@/lib/contract/sources'
import { earliestAskable, type Span } from '@/lib/report/range/windows'
import { type Life, lifeOf, type SentTask } from '@/lib/report/tasks/life'

/** Of a window of a task held, all that planning needs. Epoch seconds. */
export interface TaskHeader extends Span {
  task: string
  fetchedAt: number
}

/** One call: at most five lives, asked for over what they have in common. */
export interface TaskWork {
  lives: Life[]
  priority: 'newest' | 'settling' | 'fill'
}

export interface TaskPlan {
  /** The most urgent first. */
  work: TaskWork[]
  /** When the next observation will be due, epoch seconds, whatever is asked meanwhile. */
  nextAt: number
}

/** An observation not made this long before the upstream forgets goes before everything; the last one is made then. */
const LAST = HOUR

interface Due {
  life: Life
  priority: TaskWork['priority']
}

/**
 * Which lives of one metric are due for an observation, from the windows held and the clock alone: an age of the ladder
 * went by since the last fetch. Behind people and the newest hours; first looks behind all that may be missed for good.
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
    const dates = life.sentAt === null ? daily(fetchedAt, nowS) : datesOf(life, life.sentAt, nowS)
    nextAt = Math.min(nextAt, dates.nextAt)
    if (dates.dueAt <= (fetchedAt ?? -Infinity)) continue
    due.push({ life, priority: priorityOf(life, dates.dueAt, { seen: fetchedAt !== undefined, nowS }) })
  }
  return { work: inFives(due), nextAt }
}

interface Dates {
  /** The last one that has come, epoch seconds; -Infinity before the first. */
  dueAt: number
  nextAt: number
}

/** A life is observed at each hour of its age for two days, then at each day, and once shortly before it is forgotten. */
function datesOf({ to }: Life, sentAt: number, nowS: number): Dates {
  const [last, age] = [to - LAST, nowS - sentAt]
  if (nowS >= last) return { dueAt: last, nextAt: Infinity }
  const [hours, days] = [Math.floor(age / HOUR), Math.floor(age / DAY)]
  const due = days >= 3 ? days * DAY : Math.min(hours, 48) * HOUR
  const next = hours < 48 ? Math.max(hours + 1, 1) * HOUR : Math.max(days + 1, 3) * DAY
  return { dueAt: hours < 1 ? -Infinity : sentAt + due, nextAt: Math.min(sentAt + next, last) }
}

function daily(fetchedAt: number | undefined, nowS: number): Dates {
  const at = fetchedAt === undefined ? nowS : fetchedAt + DAY
  return at <= nowS ? { dueAt: at, nextAt: Infinity } : { dueAt: -Infinity, nextAt: at }
}

/** What was never looked at may be of any age: one of the last hour is awaited, an import of a month is not. */
function priorityOf({ to, sentAt }: Life, dueAt: number, { seen, nowS }: { seen: boolean; nowS: number }) {
  if (sentAt === null) return 'fill'
  if (dueAt === to - LAST) return 'newest'
  return seen || nowS - dueAt < HOUR ? 'settling' : 'fill'
}

/** The last fetch of each life, and by task alone that of lives begun nobody knows when, which the hour names. */
function fetchesOf(metric: Metric, held: TaskHeader[]): Map<string, number> {
  const fetches = new Map<string, number>()
  for (const one of held.filter(({ from, to }) => to - from === HORIZON[metric])) {
    fetches.set(lifeKey(one), one.fetchedAt)
    fetches.set(one.task, Math.max(one.fetchedAt, fetches.get(one.task) ?? -Infinity))
  }
  return fetches
}

const ORDER = ['newest', 'settling', 'fill'] as const

/** Of one priority the oldest sendings together: they are the next to be forgotten, and a call begins at its oldest. */
function inFives(due: Due[]): TaskWork[] {
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

/** How far back the windows of tasks must be known for a plan at `now`, epoch seconds; a day more for what the hour names. */
export function taskReach(metric: Metric, nowS: number): number {
  return nowS - HORIZON[metric] - 2 * DAY
}
