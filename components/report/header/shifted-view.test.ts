import { describe, expect, test } from 'vitest'
import type { FunnelView } from '@/lib/contract/links'
import type { RangeReply } from '@/lib/contract/ranges'
import { shiftedView } from './shifted-view'

const NOW = Date.parse('2026-11-19T04:00:00Z')
const TZ = 'Asia/Shanghai'
const WEEK: RangeReply = { from: '2026-11-11T16:00:00.000Z', to: '2026-11-18T16:00:00.000Z', tz: TZ, preset: '7d' }
const shift = (range: RangeReply, by: -1 | 1, view: FunnelView = { source: 'task' }, nowMs = NOW) =>
  shiftedView({ view, range, nowMs }, by)

describe('a range', () => {
  test('of days goes back by its days, keeps the rest of the view, and comes back', () => {
    const view = { source: 'task', range: '7d', tag: 'sale', compare: 'none', tz: TZ } as const
    const back = { source: 'task', tag: 'sale', compare: 'none', tz: TZ, from: '2026-11-05', to: '2026-11-12' } as const
    expect(shift(WEEK, -1, view)).toEqual(back)
    const shown = { from: '2026-11-04T16:00:00.000Z', to: '2026-11-11T16:00:00.000Z', tz: TZ, preset: null }
    expect(shift(shown, 1, back)).toEqual({ ...back, from: '2026-11-12', to: '2026-11-19' })
  })

  test('never ends after today', () => {
    expect(shift(WEEK, 1)).toBeNull()
    const yesterday = { ...WEEK, from: '2026-11-17T16:00:00.000Z', preset: 'yesterday' as const }
    expect(shift(yesterday, 1)).toMatchObject({ from: '2026-11-19', to: '2026-11-20' })
    const today = { from: '2026-11-18T16:00:00.000Z', to: '2026-11-19T04:00:00.000Z', tz: TZ, preset: 'today' as const }
    expect(shift(today, 1)).toBeNull()
    expect(shift(today, -1)).toMatchObject({ from: '2026-11-18', to: '2026-11-19' })
  })

  test('of hours goes by its length, to the minute, and never ends after now', () => {
    const day = { from: '2026-11-18T04:00:00.000Z', to: '2026-11-19T04:00:00.000Z', tz: TZ, preset: '24h' as const }
    expect(shift(day, -1)).toMatchObject({ from: '2026-11-17T04:00:00.000Z', to: day.from })
    expect(shift(day, 1)).toBeNull()
    const hours = { from: '2026-11-18T01:30:00.000Z', to: '2026-11-18T10:00:00.000Z', tz: TZ, preset: null }
    const view = { source: 'chat', from: hours.from, to: hours.to } as const
    expect(shift(hours, 1, view)).toMatchObject({ from: hours.to, to: '2026-11-18T18:30:00.000Z' })
  })

  test('never begins more than 400 days ago', () => {
    const old = { from: '2025-10-16T16:00:00.000Z', to: '2025-10-18T16:00:00.000Z', tz: TZ, preset: null }
    const view = { source: 'task', from: '2025-10-17', to: '2025-10-19' } as const
    expect(shift(old, -1, view)).toMatchObject({ from: '2025-10-15', to: '2025-10-17' })
    const older = { ...old, from: '2025-10-14T16:00:00.000Z', to: '2025-10-16T16:00:00.000Z' }
    expect(shift(older, -1, { ...view, from: '2025-10-15', to: '2025-10-17' })).toBeNull()
  })

  test('of days has whole days where the clocks change', () => {
    const tz = 'Europe/Berlin'
    const range = { from: '2026-10-25T22:00:00.000Z', to: '2026-10-26T23:00:00.000Z', tz, preset: null }
    const change = { ...range, from: '2026-10-25T23:00:00.000Z' }
    expect(shift(change, -1, { source: 'task', from: '2026-10-26', to: '2026-10-27' })).toMatchObject({
      from: '2026-10-25',
      to: '2026-10-26',
    })
  })
})
