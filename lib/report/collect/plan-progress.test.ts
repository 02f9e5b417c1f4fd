import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import { earliestAskable } from '@/lib/report/range/windows'
import { progressOf } from './plan-progress'

const NOW = Date.parse('2026-11-20T08:20:00Z') / 1_000
const CREATED = NOW - 6 * DAY
const hour = (from: number) => ({ from, to: from + HOUR })

test('every expected hour is exactly one of held, pending and lost', () => {
  const hours = fc.uniqueArray(fc.integer({ min: -40 * 24, max: 24 }), { maxLength: 400 })
  const created = fc.integer({ min: 0, max: 90 * DAY })
  fc.assert(
    fc.property(hours, created, fc.constantFrom('statistics' as const, 'loss' as const), (ago, age, metric) => {
      const last = Math.floor(NOW / HOUR) * HOUR
      const held = ago.map((n) => hour(last + n * HOUR))
      const found = progressOf({ metric, held, since: NOW - age, nowS: NOW })
      expect(found.held + found.pending + found.lost).toBe(found.expected)
      const edge = earliestAskable(HORIZON[metric], NOW)
      const lostHours = found.gaps.flatMap(({ from, to }) =>
        Array.from({ length: (to - from) / HOUR }, (_, i) => from + i * HOUR),
      )
      expect(lostHours).toHaveLength(found.lost)
      for (const from of lostHours) {
        expect(from).toBeLessThan(edge)
        expect(held.some((one) => one.from === from)).toBe(false)
      }
      expect(found.nextLossAt === null).toBe(found.pending === 0)
    }),
  )
})

test('an hour that was available when the app was connected and was never stored is lost', () => {
  const { gaps, lost, pending } = progressOf({ metric: 'loss', held: [], since: CREATED, nowS: NOW })
  expect(gaps).toEqual([
    { from: Math.ceil((CREATED - 7 * DAY + 120) / HOUR) * HOUR, to: Math.ceil((NOW - 7 * DAY + 120) / HOUR) * HOUR },
  ])
  expect([lost, pending]).toEqual([6 * 24, 7 * 24 - 1])
})

test('a stored day is not an hour, and the next loss is when the first pending hour passes the horizon', () => {
  const first = Math.ceil((NOW - 7 * DAY + 120) / HOUR) * HOUR
  const day = { from: first, to: first + DAY }
  const found = progressOf({ metric: 'loss', held: [day, hour(first)], since: NOW, nowS: NOW })
  expect(found.held).toBe(1)
  expect(found.nextLossAt).toBe(first + HOUR + 7 * DAY - 120)
})

test('when everything is stored, no loss is ahead', () => {
  const last = Math.floor(NOW / HOUR) * HOUR
  const held = Array.from({ length: 24 * 31 }, (_, i) => hour(last - (i + 1) * HOUR))
  expect(progressOf({ metric: 'statistics', held, since: NOW, nowS: NOW })).toMatchObject({
    pending: 0,
    lost: 0,
    nextLossAt: null,
    gaps: [],
  })
})

test('where only days are kept, a day counts as its hours, at any offset', () => {
  for (const days of [480, -210]) {
    const midnight = Math.floor((NOW + days * 60) / DAY) * DAY - days * 60
    const held = [1, 2, 4].map((back) => ({ from: midnight - back * DAY, to: midnight - (back - 1) * DAY }))
    const found = progressOf({ metric: 'loss', held: [...held, hour(midnight)], since: NOW, nowS: NOW, days })
    expect(found).toMatchObject({ held: 72, expected: 144, lost: 0, pending: 72 })
    expect(found.nextLossAt).toBe(midnight - 6 * DAY + 7 * DAY - 120)
  }
})
