import { describe, expect, test } from 'vitest'
import { changeSwitches, DEFAULT_SWITCHES } from '../../switches'
import { Refusal } from '../answers'
import { knownAt, tasksOf, windowOf } from './window'

const DAY = 86_400
const NOW = 1_795_161_637

const read = (StartTime: number, EndTime: number, metric: 'statistics' | 'loss' = 'statistics', change = {}) =>
  windowOf({ StartTime, EndTime }, metric, NOW, changeSwitches(DEFAULT_SWITCHES, change))
const refused = (read: () => unknown) => expect(read).toThrow(Refusal)

describe('a window', () => {
  test('of statistics starts at most 30 days ago', () => {
    expect(read(NOW - 30 * DAY, NOW).known).toBe(NOW)
    refused(() => read(NOW - 30 * DAY - 1, NOW - 1))
  })

  test('of losses starts at most 7 days ago', () => {
    expect(read(NOW - 7 * DAY, NOW, 'loss').known).toBe(NOW)
    refused(() => read(NOW - 7 * DAY - 1, NOW - 5 * DAY, 'loss'))
  })

  test('is never longer than that, even if it ends in the future', () => {
    refused(() => read(NOW - DAY, NOW + 29 * DAY + 1))
    refused(() => read(NOW - DAY, NOW + 6 * DAY + 1, 'loss'))
  })

  test('cannot end before it starts', () => refused(() => read(NOW, NOW - 1)))

  test('must have whole seconds as ends', () => {
    for (const end of ['1795161637', 1.5, null, undefined, -1, 1e300]) {
      refused(() => windowOf({ StartTime: NOW - 60, EndTime: end as number }, 'statistics', NOW, DEFAULT_SWITCHES))
    }
  })

  test('is widened to whole units of the grain', () => {
    const from = 1_795_161_601
    expect(read(from, from + 60)).toMatchObject({ from: from - 1, to: from + 119 })
    expect(read(from, from + 60, 'statistics', { grain: 'second' })).toMatchObject({ from, to: from + 60 })
    expect(read(from, from + 60, 'statistics', { grain: 'hour' })).toMatchObject({ from: from - 1, to: from + 3_599 })
    const midnight = { from: 1_795_104_000, to: 1_795_190_400 }
    expect(read(from, from + 60, 'statistics', { grain: 'day' })).toMatchObject(midnight)
    const utc = { from: 1_795_132_800, to: 1_795_219_200 }
    expect(read(from, from + 60, 'statistics', { grain: 'day', utcOffset: '+00:00' })).toMatchObject(utc)
  })

  test('excludes or includes EndTime, as switched', () => {
    const at = 1_795_161_600
    expect(read(at, at)).toMatchObject({ from: at, to: at })
    expect(read(at, at, 'statistics', { endTime: 'inclusive' })).toMatchObject({ from: at, to: at + 60 })
    expect(read(at - 60, at, 'statistics', { endTime: 'inclusive', grain: 'second' })).toMatchObject({ to: at + 1 })
  })
})

test('with a lag of a day, nothing of the current day is visible', () => {
  expect(knownAt(NOW, changeSwitches(DEFAULT_SWITCHES, { lag: 'day' }))).toBe(1_795_104_000 - 1)
  expect(knownAt(NOW, changeSwitches(DEFAULT_SWITCHES, { lag: 'day', utcOffset: '-05:00' }))).toBe(1_795_150_800 - 1)
})

test('a call names at most five tasks, each once', () => {
  expect(tasksOf({ TaskID: [] })).toEqual([])
  expect(tasksOf({ TaskID: ['a', 'b', 'a'] })).toEqual(['a', 'b'])
  refused(() => tasksOf({ TaskID: ['1', '2', '3', '4', '5', '6'] }))
  refused(() => tasksOf({ TaskID: 'a' }))
  refused(() => tasksOf({ TaskID: [7] }))
  refused(() => tasksOf({ TaskID: [''] }))
  refused(() => tasksOf({}))
})
