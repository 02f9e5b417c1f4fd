import { expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { CountingHabits } from '@/lib/report/tasks/equal-age'
import { planAges } from './plan-ages'

const NOW = 1_795_162_800
const EVENT: CountingHabits = { counted: 'event', lag: 'none', end: { unit: 'minute' } }
const task = (taskId: string, age: number) => ({ taskId, sentAt: NOW - age })
const plan = (over: Partial<Parameters<typeof planAges>[0]>) =>
  planAges({ tasks: [], observed: new Map(), held: [], habits: EVENT, nowS: NOW, ...over })

test('asks for each age that nobody observed, the first day first and the newest campaign first', () => {
  const tasks = [task('old', 8 * DAY), task('new', 2 * DAY)]
  const ages = plan({ tasks }).map(({ task: id, to }) => [
    id,
    (to - (id === 'old' ? NOW - 8 * DAY : NOW - 2 * DAY)) / HOUR,
  ])
  expect(ages).toEqual([
    ['new', 24],
    ['old', 24],
    ['old', 168],
    ['old', 72],
    ['new', 6],
    ['old', 6],
    ['new', 1],
    ['old', 1],
  ])
})

test('asks for nothing that was observed, is stored, or ended within the hour', () => {
  const tasks = [task('a', DAY + HOUR + 60)]
  const observed = new Map([['a', [NOW - DAY - 60]]])
  const rest = plan({ tasks, observed })
  expect(rest.map(({ to }) => to)).toEqual([NOW - HOUR - 60, NOW - DAY - HOUR - 60 + 6 * HOUR])
  expect(plan({ tasks, observed, held: rest })).toEqual([])
  expect(plan({ tasks: [task('b', HOUR + 60)] })).toEqual([])
})

test('asks for nothing where a later window would not show that age', () => {
  const tasks = [task('a', 8 * DAY)]
  for (const habits of [
    { ...EVENT, counted: 'sending' as const },
    { ...EVENT, counted: null },
    { ...EVENT, end: { unit: 'hour' as const } },
    { ...EVENT, end: null },
  ]) {
    expect(plan({ tasks, habits })).toEqual([])
  }
  // A day late, only ages that ended two days ago are complete.
  expect(plan({ tasks: [task('c', 4 * DAY)], habits: { ...EVENT, lag: 'day' } })).toHaveLength(3)
})

test('asks for nothing that Tencent has forgotten, or whose sending time is unknown', () => {
  expect(plan({ tasks: [task('a', 31 * DAY), { taskId: 'b', sentAt: null }] })).toEqual([])
})
