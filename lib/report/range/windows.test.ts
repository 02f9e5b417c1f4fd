import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HORIZON, HORIZON_MARGIN, HOUR } from '@/lib/contract/limits'
import { METRICS } from '@/lib/contract/sources'
import { coverageOf, planExact, refreshDueAt, stateOfWindow } from './windows'

const NOW = Date.parse('2026-11-20T04:03:20Z') / 1000
const at = (text: string) => Date.parse(text) / 1000

describe('the plan of an exact total', () => {
  test('a range inside the horizon is one exact window', () => {
    const range = { from: NOW - 7 * DAY, to: NOW }
    expect(planExact(range, 'statistics', NOW)).toEqual({ windows: [range], missing: [] })
  })

  test('a request for 30 days of losses covers the part that Tencent still answers', () => {
    const range = { from: at('2026-10-20T16:00:00Z'), to: at('2026-11-19T16:00:00Z') }
    const cut = at('2026-11-13T05:00:00Z')
    expect(planExact(range, 'loss', NOW)).toEqual({
      windows: [{ from: cut, to: range.to }],
      missing: [{ from: range.from, to: cut, state: 'expired' }],
    })
  })

  test('30 full days are cut at a whole hour, the same for everyone within that hour', () => {
    const range = { from: at('2026-10-20T16:00:00Z'), to: at('2026-11-19T16:00:00Z') }
    const plan = planExact(range, 'statistics', NOW)
    expect(plan.windows).toEqual([{ from: at('2026-10-21T05:00:00Z'), to: range.to }])
    expect(planExact(range, 'statistics', NOW + 50 * 60)).toEqual(plan)
  })

  test('an expired range is not requested', () => {
    const range = { from: NOW - 40 * DAY, to: NOW - 35 * DAY }
    expect(planExact(range, 'statistics', NOW)).toEqual({ windows: [], missing: [{ ...range, state: 'expired' }] })
  })

  test('a range with only minutes inside the horizon is still requested', () => {
    const earliest = NOW - HORIZON.loss + HORIZON_MARGIN
    const plan = planExact({ from: earliest - HOUR, to: earliest + 10 * 60 }, 'loss', NOW)
    expect(plan.windows).toHaveLength(1)
  })

  test('windows and gaps cover the range without overlap and stay within the limits', () => {
    const back = fc.integer({ min: 1, max: 40 * DAY })
    fc.assert(
      fc.property(fc.constantFrom(...METRICS), back, back, (metric, a, b) => {
        fc.pre(a !== b)
        const range = { from: NOW - Math.max(a, b), to: NOW - Math.min(a, b) }
        const { windows, missing } = planExact(range, metric, NOW)
        const parts = [...missing, ...windows]
        expect(parts[0]?.from).toBe(range.from)
        expect(parts.at(-1)?.to).toBe(range.to)
        for (const [i, part] of parts.entries()) {
          expect(part.from).toBeLessThan(part.to)
          if (i > 0) expect(part.from).toBe(parts[i - 1]?.to)
        }
        for (const { from, to } of windows) {
          expect(to - from).toBeLessThanOrEqual(HORIZON[metric] - HORIZON_MARGIN)
          expect(from).toBeGreaterThanOrEqual(NOW - HORIZON[metric] + HORIZON_MARGIN)
        }
      }),
    )
  })
})

describe('the state of a window', () => {
  const base = {
    from: NOW - 2 * HOUR,
    to: NOW - HOUR,
    heldFetchedAt: null as number | null,
    final: false,
    queued: false,
    horizon: HORIZON.statistics as number,
    nowS: NOW,
  }
  const stale = { heldFetchedAt: NOW - 1000 }

  test.each([
    ['not stored and not queued', {}, 'missing'],
    ['queued', { queued: true }, 'pending'],
    ['beyond the horizon and never held', { from: NOW - 31 * DAY }, 'expired'],
    ['within the margin of the horizon', { from: NOW - HORIZON.statistics + 60 }, 'expired'],
    ['beyond the horizon is lost even in line', { from: NOW - 31 * DAY, queued: true }, 'expired'],
    ['not begun', { from: NOW + HOUR, to: NOW + 2 * HOUR }, 'future'],
    ['fetched just now', { heldFetchedAt: NOW - 30 }, 'held'],
    ['fetched a while ago', { to: NOW - 1100, ...stale }, 'stale'],
    ['due and in line still shows its numbers', { to: NOW - 1100, ...stale, queued: true }, 'stale'],
    ['old and settled', { ...stale, final: true }, 'held'],
    [
      'held from beyond the horizon',
      { from: NOW - 60 * DAY, to: NOW - 59 * DAY, heldFetchedAt: NOW - 58 * DAY },
      'held',
    ],
    ['running, fetched a minute and more ago', { to: NOW + HOUR, heldFetchedAt: NOW - 61 }, 'stale'],
    ['running, fetched half a minute ago', { to: NOW + HOUR, heldFetchedAt: NOW - 30 }, 'held'],
  ])('%s', (_, facts, expected) => {
    expect(stateOfWindow({ ...base, ...facts })).toBe(expected)
  })

  test('the older a window was when fetched, the longer it stays fresh', () => {
    const to = NOW - DAY
    expect(refreshDueAt(to, to + 10)).toBe(to + 70)
    expect(refreshDueAt(to, to - 500)).toBe(to - 440)
    expect(refreshDueAt(to, to + 2 * HOUR)).toBe(to + 3 * HOUR)
  })

  test('an old window is fetched again every two days until it is final', () => {
    expect([3, 4, 20].map((days) => refreshDueAt(0, days * DAY) / DAY)).toEqual([4.5, 6, 22])
  })

  test('a settling window is fetched fewer than 40 times in 30 days', () => {
    let fetches = 0
    for (let time = 0; time < 30 * DAY; time = refreshDueAt(0, time) + 1) fetches++
    expect(fetches).toBeLessThan(40)
  })
})

test('coverage counts stored windows, lists the others, and ignores the future', () => {
  const states = ['held', 'stale', 'pending', 'expired', 'future'] as const
  const windows = states.map((state, i) => ({ from: i * HOUR, to: (i + 1) * HOUR, state }))
  expect(coverageOf(windows)).toEqual({
    held: 2,
    expected: 4,
    missing: [
      { from: '1970-01-01T02:00:00.000Z', to: '1970-01-01T03:00:00.000Z', state: 'pending' },
      { from: '1970-01-01T03:00:00.000Z', to: '1970-01-01T04:00:00.000Z', state: 'expired' },
    ],
  })
})
