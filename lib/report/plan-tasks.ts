import { DAY, HORIZON, HOUR, TASKS_PER_CALL } from '@/lib/contract/limits'
import type { Metric } from '@/lib/contract/sources'
import { type Life, lifeOf, type SentTask } from './life'
import { earliestAskable, type Span } from './windows'

/** Of a window of a task held, all that planning needs. Epoch seconds. */
export interface TaskHeader extends Span {
  task: string
  fetchedAt: number
}

/** One call: at most five lives, asked for over what they have in common. */
export interface TaskWork {
  lives: Life[]
  priority: 'newest' | 'settling' | 'fill'
  /** Since when the first of them has been due, epoch seconds. */
  dueAt: number
}

export interface TaskPlan {
  /** The most urgent first. */
  work: TaskWork[]
  /** When the next observation will be due, epoch seconds, whatever is asked meanwhile. */
  nextAt: number
}

/** An observation not made this long before the upstream forgets goes before everything; the last one is made then. */
const LAST = HOUR
/** Ages at which a task is observed: hourly for two days, then daily as far as the upstream remembers. */
const HOURLY = Array.from({ length: 48 }, (_, i) => (i + 1) * HOUR)
const DAILY = Array.from({ length: 27 }, (_, i) => (i + 3) * DAY)
const AGES = [...HOURLY, ...DAILY]

interface Due {
  life: Life
  priority: TaskWork['priority']
  dueAt: number
}

/**
 * Which lives of one metric are due for an observation, from the windows held and the clock alone: an age of the ladder
 * went by since the last fetch. Behind people and the newest hours; first looks behind all that may be missed for good.
 */
export function planTasks(
  metric: Metric,
  { tasks, held, now }: { tasks: SentTask[]; held: TaskHeader[]; now: number },
): TaskPlan {
  const fetches = fetchesOf(metric, held)
  const due: Due[] = []
  let nextAt = Infinity
  for (const task of tasks) {
    const life = lifeOf(task, metric, now)
    if (life.from < earliestAskable(HORIZON[metric], now)) continue
    const fetchedAt = fetches.get(life.sentAt === null ? life.task : keyOf(life))
    const dates = life.sentAt === null ? [fetchedAt === undefined ? now : fetchedAt + DAY] : datesOf(life, life.sentAt)
    nextAt = Math.min(nextAt, dates.find((at) => at > now) ?? Infinity)
    const dueAt = dates.findLast((at) => at <= now)
    if (dueAt === undefined || (fetchedAt !== undefined && fetchedAt >= dueAt)) continue
    due.push({ life, dueAt, priority: priorityOf(life, { dueAt, seen: fetchedAt !== undefined, now }) })
  }
  return { work: inFives(due), nextAt }
}

/** When a life is observed, epoch seconds: at each age, and once shortly before the upstream forgets it. */
function datesOf({ to }: Life, sentAt: number): number[] {
  return [...AGES.map((age) => sentAt + age).filter((at) => at < to - LAST), to - LAST]
}

/** What was never looked at may be of any age: one of the last hour is awaited, an import of a month is not. */
function priorityOf({ to, sentAt }: Life, { dueAt, seen, now }: { dueAt: number; seen: boolean; now: number }) {
  if (sentAt === null) return 'fill'
  if (dueAt === to - LAST) return 'newest'
  return seen || now - dueAt < HOUR ? 'settling' : 'fill'
}

/** The last fetch of each life, and by task alone that of lives begun nobody knows when, which the hour names. */
function fetchesOf(metric: Metric, held: TaskHeader[]): Map<string, number> {
  const fetches = new Map<string, number>()
  for (const one of held.filter(({ from, to }) => to - from === HORIZON[metric])) {
    fetches.set(keyOf(one), one.fetchedAt)
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
      return { lives: five.map(({ life }) => life), priority, dueAt: Math.min(...five.map((one) => one.dueAt)) }
    })
  })
}

function keyOf({ task, from }: { task: string; from: number }): string {
  return JSON.stringify([task, from])
}

/** How far back the windows of tasks must be known for a plan at `now`, epoch seconds; a day more for what the hour names. */
export function taskReach(metric: Metric, now: number): number {
  return now - HORIZON[metric] - 2 * DAY
}
