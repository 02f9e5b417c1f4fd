import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import { METRICS, type Metric } from '@/lib/contract/sources'
import { earliestAskable } from '@/lib/report/range/windows'
import { lifeOf, pastOf, type SentTask } from '@/lib/report/tasks/life'
import { planTasks, type TaskHeader, taskReach } from './plan-tasks'

const NOW = Date.parse('2026-11-20T08:20:00Z') / 1_000
const sent = (taskId: string, age: number): SentTask => ({ taskId, sentAt: NOW - age })

function headers(metric: Metric, tasks: SentTask[], fetchedAt: number): TaskHeader[] {
  return tasks.map((task) => ({ ...lifeOf(task, metric, fetchedAt), fetchedAt }))
}

/** Returns the ages at which a task is observed when it is planned every minute and every plan runs at once. */
function observed(metric: Metric, task: SentTask & { sentAt: number }, step = 60): number[] {
  const ages: number[] = []
  let held: TaskHeader[] = []
  for (let nowS = task.sentAt; nowS < task.sentAt + 31 * DAY; nowS += step) {
    if (planTasks(metric, { tasks: [task], held, nowS }).work.length === 0) continue
    held = headers(metric, [task], nowS)
    ages.push(nowS - task.sentAt)
  }
  return ages
}

describe('a task is observed', () => {
  const task = { taskId: 'a', sentAt: NOW - (NOW % HOUR) + 1_200 }

  test('hourly for two days, then daily, and once shortly before Tencent forgets it', () => {
    const ages = observed('statistics', task)
    expect(ages.slice(0, 48)).toEqual(Array.from({ length: 48 }, (_, i) => (i + 1) * HOUR))
    expect(ages.slice(48, -1)).toEqual(Array.from({ length: 27 }, (_, i) => (i + 3) * DAY))
    expect(ages.at(-1)).toBe(30 * DAY - HOUR - 1_200)
  })

  test('for losses in the same way within seven days', () => {
    const ages = observed('loss', task)
    expect(ages.slice(48)).toEqual([3 * DAY, 4 * DAY, 5 * DAY, 6 * DAY, 7 * DAY - HOUR - 1_200])
  })

  test('when it passes an age of the schedule, even right after another fetch', () => {
    const held = headers('statistics', [sent('a', 6 * HOUR)], NOW - 1)
    expect(planTasks('statistics', { tasks: [sent('a', 6 * HOUR)], held, nowS: NOW }).work).toHaveLength(1)
    const after = headers('statistics', [sent('a', 6 * HOUR)], NOW)
    expect(planTasks('statistics', { tasks: [sent('a', 6 * HOUR)], held: after, nowS: NOW + 1 })).toEqual({
      work: [],
      nextAt: NOW + HOUR,
    })
  })

  test('once a day if its sending time is unknown', () => {
    const tasks = [{ taskId: 'somewhen', sentAt: null }]
    const plan = (held: TaskHeader[], nowS: number) => planTasks('loss', { tasks, held, nowS })
    expect(plan([], NOW).work).toMatchObject([{ priority: 'fill', lives: [{ task: 'somewhen', sentAt: null }] }])
    const held = headers('loss', tasks, NOW)
    expect(plan(held, NOW + DAY - 1)).toEqual({ work: [], nextAt: NOW + DAY })
    expect(plan(held, NOW + DAY).work).toHaveLength(1)
    expect(held.every(({ from }) => from >= taskReach('loss', NOW + DAY))).toBe(true)
  })
})

describe('a plan of tasks', () => {
  test('puts the task that expires next first, then observed and recent tasks, then old imports', () => {
    const all = [
      sent('import', 20.5 * DAY),
      sent('seen', 5 * DAY),
      sent('young', 90 * 60),
      sent('last', 30 * DAY - HOUR),
    ]
    const held = headers('statistics', all.slice(1, 2), NOW - 2 * DAY)
    const { work } = planTasks('statistics', { tasks: all, held, nowS: NOW })
    expect(work.map(({ priority, lives }) => [priority, lives.map(({ task }) => task)])).toEqual([
      ['newest', ['last']],
      ['settling', ['seen', 'young']],
      ['fill', ['import']],
    ])
  })

  test('asks for five tasks per call, each task once, over a window that Tencent answers', () => {
    const tasksOf = fc.array(fc.integer({ min: -HOUR, max: 40 * DAY }), { maxLength: 40 })
    fc.assert(
      fc.property(fc.constantFrom(...METRICS), tasksOf, (metric, ages) => {
        const tasks = ages.map((age, i) => sent(`t${i}`, age))
        const { work } = planTasks(metric, { tasks, held: [], nowS: NOW })
        const asked = work.flatMap(({ lives }) => lives.map(({ task }) => task))
        const due = tasks.filter((task) => {
          const { from } = lifeOf(task, metric, NOW)
          return from >= earliestAskable(HORIZON[metric], NOW) && NOW - (task.sentAt ?? 0) >= HOUR
        })
        expect(asked.sort()).toEqual(due.map(({ taskId }) => taskId).sort())
        for (const { lives } of work) {
          expect(lives.length).toBeLessThanOrEqual(5)
          const { from, to } = pastOf(lives, NOW)
          expect(from).toBe(Math.min(...lives.map((life) => life.from)))
          expect([to === NOW, from >= earliestAskable(HORIZON[metric], NOW)]).toEqual([true, true])
        }
        const calls = (priority: string) => work.filter((one) => one.priority === priority).length
        expect(work.length - calls('newest') - calls('settling') - calls('fill')).toBe(0)
        expect(work.length).toBeLessThanOrEqual(Math.ceil(due.length / 5) + 2)
      }),
      { numRuns: 50 },
    )
  })

  test('skips expired tasks and tasks younger than an hour, and says when the next one is due', () => {
    const tasks = [sent('old', 31 * DAY), sent('new', 600)]
    expect(planTasks('statistics', { tasks, held: [], nowS: NOW })).toEqual({ work: [], nextAt: NOW - 600 + HOUR })
  })
})
