import { describe, expect, test } from 'vitest'
import type { ShareScope } from '@/lib/contract/shares/scope'
import { DAY, HOUR } from '@/lib/store/testing/rows'
import { clampRange, type Dated, reaches, reachOf } from './reach'

/** Friday, 20 November 2026, 16:20 (+08:00). */
const NOW = { nowS: 1_795_162_800, appOffsetMin: 480 }
const MIDNIGHT = NOW.nowS - 16 * HOUR - 20 * 60
const ISO = (at: number) => new Date(at * 1_000).toISOString()
const WEEK = { mode: 'rolling', preset: '7d' } as const
const FIXED = { mode: 'fixed', from: ISO(MIDNIGHT - 20 * DAY), to: ISO(MIDNIGHT - 18 * DAY) } as const

const range = (range: ShareScope['range'], dates: ShareScope['dates'], query: Dated = {}) => {
  const { from, to, preset } = clampRange({ range, dates }, query, NOW)
  return [(from - MIDNIGHT) / DAY, (to - MIDNIGHT) / DAY, preset]
}
const days = (from: number, to: number) => ({ from: String(MIDNIGHT + from * DAY), to: String(MIDNIGHT + to * DAY) })

describe('the range of a shared view', () => {
  test('is its own, whatever is asked, where the visitor may not move it', () => {
    expect(range(WEEK, { kind: 'none' }, { range: '30d' })).toEqual([-7, 0, '7d'])
    expect(range(FIXED, { kind: 'none' }, days(-3, -1))).toEqual([-20, -18, null])
    // Nobody has to send dates that make sense if they change nothing.
    expect(range(WEEK, { kind: 'none' }, { from: '1', to: '0' })).toEqual([-7, 0, '7d'])
  })

  test('within its own is the part that both have, and its own where there is none', () => {
    expect(range(WEEK, { kind: 'within' }, days(-3, -1))).toEqual([-3, -1, null])
    expect(range(WEEK, { kind: 'within' }, { range: '30d' })).toEqual([-7, 0, null])
    expect(range(WEEK, { kind: 'within' }, { range: 'yesterday' })).toEqual([-1, 0, 'yesterday'])
    expect(range(FIXED, { kind: 'within' }, { range: '7d' })).toEqual([-20, -18, null])
    expect(range(WEEK, { kind: 'within' })).toEqual([-7, 0, '7d'])
  })

  test('back to some days is a part of those or of its own', () => {
    const back = { kind: 'back', days: 10 } as const
    expect(range(WEEK, back, { range: '30d' })).toEqual([-10, 0, null])
    expect(range(FIXED, back)).toEqual([-20, -18, null])
    expect(range(FIXED, back, days(-40, -19))).toEqual([-20, -19, null])
    expect(range(FIXED, back, days(-40, -2))).toEqual([-10, -2, null])
    expect(range(FIXED, back, days(-15, -12))).toEqual([-20, -18, null])
    expect(reachOf({ range: FIXED, dates: back }, NOW)).toHaveLength(2)
    expect(reachOf({ range: WEEK, dates: back }, NOW)).toEqual([{ from: MIDNIGHT - 10 * DAY, to: NOW.nowS }])
  })

  test('has the days of the app in every zone of a visitor', () => {
    for (const tz of ['America/New_York', 'Asia/Tokyo', '+05:30']) {
      expect(range(WEEK, { kind: 'none' }, { tz })).toEqual([-7, 0, null])
      const { from, to } = clampRange({ range: WEEK, dates: { kind: 'within' } }, { tz, range: '7d' }, NOW)
      expect(reaches(reachOf({ range: WEEK, dates: { kind: 'within' } }, NOW), { from, to })).toBe(true)
    }
  })

  test('ends with a whole hour, because nothing else is stored', () => {
    const [from, to] = range({ mode: 'rolling', preset: '24h' }, { kind: 'none' })
    expect([Number(from) * 24, Number(to) * 24]).toEqual([expect.closeTo(-7), expect.closeTo(16)])
  })

  test('that nobody can ask for is refused', () => {
    expect(() => range(WEEK, { kind: 'within' }, days(3, 4))).toThrow(expect.objectContaining({ code: 'bad_range' }))
    const future = { mode: 'fixed', from: ISO(NOW.nowS + DAY), to: ISO(NOW.nowS + 2 * DAY) } as const
    expect(() => range(future, { kind: 'none' })).toThrow(expect.objectContaining({ code: 'bad_range' }))
  })
})
