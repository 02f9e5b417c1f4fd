import { expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import { taskCover } from './task-cover'

const T0 = Date.parse('2026-11-20T08:00:00Z') / 1_000
const HOURS = [0, 1, 2].map((i) => ({ from: T0 + i * HOUR, to: T0 + (i + 1) * HOUR }))
const at = (hour: number, sent: number | null, fetchedAt: number | null = T0 + DAY) => ({
  from: T0 + hour * HOUR,
  sent,
  fetchedAt,
  awaited: false,
})
const unregistered = (...args: Parameters<typeof taskCover>) =>
  taskCover(...args).hours.map((hour) => hour.unregistered)

test('what no known task sent is unregistered, with the time when its reasons expire', () => {
  const cover = taskCover(HOURS, {
    overall: [at(0, 41_200), at(1, 900), at(2, 0)],
    tasks: [at(0, 200), at(0, 1_000), at(1, 900, T0 + 2 * HOUR)],
  })
  expect(cover.hours[0]).toEqual({
    from: '2026-11-20T08:00:00.000Z',
    to: '2026-11-20T09:00:00.000Z',
    sent: 41_200,
    known: 1_200,
    unregistered: 40_000,
    losesReasonsAt: '2026-11-27T08:00:00.000Z',
  })
  expect(cover.hours.slice(1).map((hour) => [hour.known, hour.unregistered])).toEqual([
    [900, 0],
    [0, 0],
  ])
  expect(cover.sum).toEqual({ hours: 3, sent: 42_100, known: 2_100, unregistered: 40_000 })
  expect(cover.asOf).toBe('2026-11-20T10:00:00.000Z')
})

test('a missing hour is unknown, not zero, and is not part of the sum', () => {
  const cover = taskCover(HOURS, { overall: [at(0, 500), at(2, null)], tasks: [at(1, 300)] })
  expect(cover.hours.map((hour) => [hour.sent, hour.known, hour.unregistered])).toEqual([
    [500, 0, 500],
    [null, 300, null],
    [null, 0, null],
  ])
  expect(cover.sum).toEqual({ hours: 1, sent: 500, known: 0, unregistered: 500 })
})

test('a task without counts makes its own hour unknown, and no other', () => {
  const tasks = [at(0, 500), at(0, null, null), at(1, 20)]
  expect(unregistered(HOURS, { overall: [at(0, 500), at(1, 30), at(2, 0)], tasks })).toEqual([null, 10, 0])
})

test('the hours after a task that is awaited are unknown, because it may have sent their pushes', () => {
  const tasks = [{ ...at(1, null, null), awaited: true }]
  expect(unregistered(HOURS, { overall: [at(0, 500), at(1, 30), at(2, 900)], tasks })).toEqual([500, null, null])
})

test('a campaign that continues after its hour is not counted as unregistered there', () => {
  const overall = [at(0, 100), at(1, 250), at(2, 70)]
  expect(unregistered(HOURS, { overall, tasks: [at(0, 300)] })).toEqual([0, 50, 70])
  expect(unregistered(HOURS, { overall, tasks: [at(0, 400)] })).toEqual([0, 0, 20])
  // An unknown hour leaves no surplus for the hour after it.
  expect(unregistered(HOURS, { overall: [at(1, 250), at(2, 70)], tasks: [at(0, 400), at(1, 300)] })).toEqual([
    null,
    0,
    20,
  ])
})

test('without an hour to compare there is no sum', () => {
  expect(taskCover(HOURS, { overall: [], tasks: [] })).toMatchObject({
    sum: { hours: 0, sent: null, known: null, unregistered: null },
    asOf: null,
  })
})
