import { describe, expect, test } from 'vitest'
import { DAY, HORIZON, HORIZON_MARGIN, HOUR } from '@/lib/contract/limits'
import { lifeOf, lifeState, pastOf, sentAtOf } from './life'

const NOW = Date.parse('2026-11-20T08:20:30Z') / 1_000
const taskId = (at: number) => `${at.toString(16)}_53942bc0_200000123456789_1a2b3c4d_5e6f`

describe('the time of sending', () => {
  test('is what people said, else the hint in the ID, else unknown', () => {
    expect(sentAtOf({ taskId: taskId(NOW - 500), sentAt: NOW - 900 }, NOW)).toBe(NOW - 900)
    expect(sentAtOf({ taskId: taskId(NOW - 500), sentAt: null }, NOW)).toBe(NOW - 500)
    expect(sentAtOf({ taskId: 'spring-sale', sentAt: null }, NOW)).toBeNull()
  })

  test('may be in the future if people said so, but not by the hint in an ID', () => {
    expect(sentAtOf({ taskId: taskId(NOW + 2 * HOUR), sentAt: null }, NOW)).toBeNull()
    expect(sentAtOf({ taskId: 'a', sentAt: NOW + 2 * HOUR }, NOW)).toBe(NOW + 2 * HOUR)
  })
})

describe('a life', () => {
  test('begins at the hour of sending and lasts until Tencent’s horizon', () => {
    const task = { taskId: 'a', sentAt: NOW }
    const from = Date.parse('2026-11-20T08:00:00Z') / 1_000
    expect(lifeOf(task, 'statistics', NOW)).toEqual({ task: 'a', sentAt: NOW, from, to: from + 30 * DAY })
    expect(lifeOf(task, 'loss', NOW)).toEqual({ task: 'a', sentAt: NOW, from, to: from + 7 * DAY })
  })

  test('without a known sending time is the period that Tencent remembers now', () => {
    const { from, to, sentAt } = lifeOf({ taskId: 'a', sentAt: null }, 'loss', NOW)
    expect(sentAt).toBeNull()
    expect([from >= NOW - HORIZON.loss + HORIZON_MARGIN, from % HOUR, to > NOW]).toEqual([true, 0, true])
    expect(from - (NOW - HORIZON.loss)).toBeLessThan(2 * HOUR)
  })

  test('is requested up to the current minute, several from the oldest one on', () => {
    const [old, young] = [3 * DAY, HOUR].map((age) =>
      lifeOf({ taskId: 'a', sentAt: NOW - age }, 'statistics', NOW),
    ) as [ReturnType<typeof lifeOf>, ReturnType<typeof lifeOf>]
    expect(pastOf([young, old], NOW)).toEqual({ from: old.from, to: NOW - 30 })
    expect(pastOf([young], NOW).from).toBe(young.from)
  })

  test('in its first minute is requested for the current minute', () => {
    const life = lifeOf({ taskId: 'a', sentAt: NOW }, 'statistics', NOW)
    expect(pastOf([life], life.from + 20)).toEqual({ from: life.from, to: life.from + 60 })
  })
})

describe('the state of a life', () => {
  const life = lifeOf({ taskId: 'a', sentAt: NOW - 10 * DAY }, 'statistics', NOW)
  const state = (nowS: number, fetchedAt?: number, final = false) =>
    lifeState(life, 'statistics', fetchedAt === undefined ? undefined : { fetchedAt, final }, nowS)

  test('is missing while it is available, then expired', () => {
    expect(state(life.from - 1)).toBe('future')
    expect(state(NOW)).toBe('missing')
    expect(state(life.to - HORIZON_MARGIN + 1)).toBe('expired')
  })

  test('is stale after half its age or a day, and never past the horizon', () => {
    const hourOld = life.from + HOUR
    expect([state(hourOld + HOUR / 2, hourOld), state(hourOld + HOUR / 2 + 1, hourOld)]).toEqual(['held', 'stale'])
    const weekOld = life.from + 7 * DAY
    expect([state(weekOld + DAY, weekOld), state(weekOld + DAY + 1, weekOld)]).toEqual(['held', 'stale'])
    expect(state(weekOld + 3 * DAY, weekOld, true)).toBe('held')
    expect(state(life.to, weekOld)).toBe('held')
  })
})
