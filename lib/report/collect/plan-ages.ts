import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import { AGE_SECONDS, type TaskAge } from '@/lib/contract/task-ages'
import { earliestAskable, type Span } from '@/lib/report/range/windows'
import { ageWindow, type CountingHabits, canAskLater, countsAt } from '@/lib/report/tasks/equal-age'
import { lifeOf, type SentTask } from '@/lib/report/tasks/life'

/** One window of one task. Epoch seconds. */
export interface AgeWork extends Span {
  task: string
}

/** The first day says most, the first hour least. */
const ORDER: TaskAge[] = ['24h', '7d', '3d', '6h', '1h']
/** A window is fetched this long after its end, so that late rows are in it. */
const SETTLES_S = { none: HOUR, day: 2 * DAY }

/**
 * Plans the windows of ages at which nobody observed a campaign, for example because it was registered late. There are
 * none where a window fetched later does not show the counts at that age. Newest campaigns first. `observed` has the
 * times of each task's observations; `held` are the stored task windows.
 */
export function planAges({
  tasks,
  observed,
  held,
  habits,
  nowS,
}: {
  tasks: SentTask[]
  observed: ReadonlyMap<string, number[]>
  held: AgeWork[]
  habits: CountingHabits
  nowS: number
}): AgeWork[] {
  if (!canAskLater(habits)) return []
  const stored = new Set(held.map(keyOf))
  const lives = tasks
    .map((task) => lifeOf(task, 'statistics', nowS))
    .filter(({ from }) => from >= earliestAskable(HORIZON.statistics, nowS))
    .sort((a, b) => b.from - a.from)
  return ORDER.flatMap((age) =>
    lives.flatMap(({ task, from, sentAt }) => {
      if (sentAt === null || nowS < sentAt + AGE_SECONDS[age] + SETTLES_S[habits.lag ?? 'none']) return []
      const observations = (observed.get(task) ?? []).map((fetchedAt) => ({ fetchedAt, counts: null }))
      if (countsAt({ sentAt, observations, windows: [], habits, nowS }, age) !== 'not_collected') return []
      const work = { task, ...ageWindow(from, sentAt, age) }
      return stored.has(keyOf(work)) ? [] : [work]
    }),
  )
}

function keyOf({ task, from, to }: AgeWork): string {
  return `${from} ${to} ${task}`
}
