import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import { METRICS } from '@/lib/contract/sources'
import { earliestAskable, refreshDueAt } from '@/lib/report/range/windows'
import { bucketsIn, firstTotals, GRAINS, isBucket } from './plan-buckets'
import { planReach, planWork, type WindowHeader, type Work } from './plan-work'

const NOW = Date.parse('2026-11-20T08:20:00Z') / 1_000
const BEIJING = 480
const INDIA = 330
const moments = fc.integer({ min: NOW - 400 * DAY, max: NOW + 400 * DAY })
const offsets = fc.constantFrom(0, BEIJING, INDIA, -210, 720)

/** Returns what a collector stores that fetches a whole plan at once. */
function done(work: Work[], fetchedAt: number): WindowHeader[] {
  return work.flatMap(({ from, to, metrics }) =>
    metrics.map((metric) => ({ metric, from, to, fetchedAt, final: false })),
  )
}

const key = (one: { from: number; to: number }) => `${one.from} ${one.to}`

describe('buckets', () => {
  test('touch without gap or overlap, and each is exactly one bucket', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...GRAINS),
        moments,
        fc.integer({ min: 0, max: 40 * DAY }),
        offsets,
        (grain, from, long, offset) => {
          const all = bucketsIn(grain, { from, to: from + long }, offset)
          const step = grain === 'hour' ? HOUR : DAY
          for (const [i, one] of all.entries()) {
            expect(one.to - one.from).toBe(step)
            expect(isBucket(one, offset)).toBe(true)
            if (i > 0) expect(one.from).toBe(all[i - 1]?.to)
          }
          const covered = all.length * step
          expect(long - covered).toBeLessThan(2 * step)
          expect(covered).toBeLessThanOrEqual(long)
        },
      ),
    )
  })

  test('days begin at the app’s midnight, hours at whole hours of the epoch, also at an offset of half an hour', () => {
    const midnight = Date.parse('2026-11-19T00:00:00+05:30') / 1_000
    expect(isBucket({ from: midnight, to: midnight + DAY }, INDIA)).toBe(true)
    expect(isBucket({ from: midnight, to: midnight + DAY }, BEIJING)).toBe(false)
    expect(isBucket({ from: midnight, to: midnight + HOUR }, INDIA)).toBe(false)
    expect(isBucket({ from: midnight + 1_800, to: midnight + 1_800 + HOUR }, INDIA)).toBe(true)
  })
})

describe('the totals of a first visit', () => {
  test('are the last 7 days, the 7 days before and the last 30, as a reader would request them', () => {
    const midnight = Date.parse('2026-11-20T00:00:00+08:00') / 1_000
    const spans = firstTotals('statistics', NOW, BEIJING).map(({ from, to }) => [
      (from - midnight) / DAY,
      (to - midnight) / DAY,
    ])
    expect(spans).toEqual([
      [0, expect.closeTo(16.33 / 24, 3)],
      [-7, 0],
      [-14, -7],
      [expect.closeTo(-29.29, 2), 0],
    ])
  })

  test('are not fetched again each hour because today went on', () => {
    const held = done(planWork({ held: [], nowS: NOW, offsetMin: BEIJING }).work, NOW)
    const { work } = planWork({ held, nowS: NOW + 2 * HOUR, offsetMin: BEIJING })
    expect(work.filter((one) => !isBucket(one, BEIJING))).toEqual([])
  })

  test('are not fetched again each hour because the horizon moved', () => {
    const { work } = planWork({ held: [], nowS: NOW, offsetMin: BEIJING })
    const later = planWork({ held: done(work, NOW), nowS: NOW + 3 * HOUR, offsetMin: BEIJING })
    expect(later.work.filter((one) => !isBucket(one, BEIJING))).toEqual([])
  })
})

describe('a plan', () => {
  test('starts an empty archive with the newest hours and today, then totals, the last 48 hours, days, the rest', () => {
    const { work } = planWork({ held: [], nowS: NOW, offsetMin: BEIJING })
    const midnight = Date.parse('2026-11-20T00:00:00+08:00') / 1_000
    const hour = NOW - (NOW % HOUR)
    const named = work.map(({ from, to }) => {
      if (to - from === HOUR) return (hour - to) / HOUR < 48 ? 'recent' : 'hour'
      if (to - from === DAY && isBucket({ from, to }, BEIJING)) return to === midnight ? 'total' : 'day'
      return from === midnight ? 'today' : 'total'
    })
    const [first, ...rest] = named.filter((name, i) => name !== named[i - 1])
    expect([first, ...rest]).toEqual(['hour', 'recent', 'today', 'total', 'recent', 'day', 'hour'])
    // Tencent deletes these within an hour: an hour of statistics, and one whose losses are 7 days old.
    expect(work.slice(0, 2).map(({ due }) => due)).toEqual([['statistics'], ['statistics', 'loss']])
    expect(named.slice(0, 2)).toEqual(['hour', 'hour'])
    const counts = Object.fromEntries(
      ['recent', 'today', 'total', 'day'].map((name) => [name, named.filter((one) => one === name).length]),
    )
    expect(counts).toEqual({ recent: 48, today: 1, total: 5, day: 28 })
  })

  test('fetches the last 48 hours newest first, and older hours in the order in which they expire', () => {
    fc.assert(
      fc.property(moments, offsets, (nowS, offsetMin) => {
        const { work } = planWork({ held: [], nowS, offsetMin })
        const hours = work.filter(({ from, to, priority }) => to - from === HOUR && priority === 'fill')
        const recent = hours.filter(({ to }) => nowS - to < 48 * HOUR)
        const rest = hours.slice(recent.length)
        expect(hours.slice(0, recent.length)).toEqual(recent)
        expect(recent.map(({ to }) => to)).toEqual(recent.map(({ to }) => to).sort((a, b) => b - a))
        const left = rest.map(({ from, due }) =>
          Math.min(...due.map((one) => from - earliestAskable(HORIZON[one], nowS))),
        )
        expect(left).toEqual([...left].sort((a, b) => a - b))
      }),
      { numRuns: 15 },
    )
  })

  test('needs at most 40 calls of statistics for the last 24 hours', () => {
    fc.assert(
      fc.property(moments, offsets, (nowS, offsetMin) => {
        const { work } = planWork({ held: [], nowS, offsetMin })
        const newest = Math.floor(nowS / HOUR) * HOUR
        const calls = work.filter(({ metrics }) => metrics.includes('statistics'))
        const isLastDay = ({ from, to }: Work) => to - from === HOUR && from >= newest - DAY
        expect(calls.filter(isLastDay)).toHaveLength(24)
        expect(calls.findLastIndex(isLastDay)).toBeLessThan(40)
      }),
      { numRuns: 15 },
    )
  })

  test('contains every bucket that has ended and is available, once, and nothing else', () => {
    fc.assert(
      fc.property(moments, offsets, (nowS, offsetMin) => {
        const { work } = planWork({ held: [], nowS, offsetMin })
        const buckets = work.filter((one) => isBucket(one, offsetMin))
        expect(new Set(buckets.map(key)).size).toBe(buckets.length)
        for (const metric of METRICS) {
          const span = { from: earliestAskable(HORIZON[metric], nowS), to: nowS }
          const want = GRAINS.flatMap((grain) => bucketsIn(grain, span, offsetMin))
            .map(key)
            .sort()
          expect(
            buckets
              .filter((one) => one.metrics.includes(metric))
              .map(key)
              .sort(),
          ).toEqual(want)
        }
        for (const { from, to, metrics } of work) {
          for (const metric of metrics) {
            expect(from).toBeGreaterThanOrEqual(earliestAskable(HORIZON[metric], nowS))
            expect(to - from).toBeLessThanOrEqual(HORIZON[metric])
          }
          expect(to).toBeLessThanOrEqual(nowS)
          expect(from).toBeGreaterThanOrEqual(planReach(nowS))
        }
      }),
      { numRuns: 15 },
    )
  })

  test('is empty once done, and says to the second when the next work is due', () => {
    fc.assert(
      fc.property(moments, offsets, (nowS, offsetMin) => {
        const held = done(planWork({ held: [], nowS, offsetMin }).work, nowS)
        const after = planWork({ held, nowS, offsetMin })
        expect(after.work).toEqual([])
        expect(after.nextAt).toBeGreaterThan(nowS)
        expect(planWork({ held, nowS: after.nextAt - 1, offsetMin }).work).toEqual([])
        expect(planWork({ held, nowS: after.nextAt, offsetMin }).work.length).toBeGreaterThan(0)
      }),
      { numRuns: 15 },
    )
  })

  test('fetches statistics and losses of a bucket together, even if only one of them is due', () => {
    const held = done(planWork({ held: [], nowS: NOW, offsetMin: BEIJING }).work, NOW)
    const lost = held.find((one) => one.metric === 'loss' && one.to === NOW - 1_200)
    const { work } = planWork({ held: held.filter((one) => one !== lost), nowS: NOW, offsetMin: BEIJING })
    expect(work).toEqual([
      expect.objectContaining({ due: ['loss'], metrics: ['statistics', 'loss'], priority: 'newest' }),
    ])
  })

  test('marks the buckets that Tencent forgets within the hour as urgent, and no others', () => {
    fc.assert(
      fc.property(moments, offsets, (nowS, offsetMin) => {
        const { work } = planWork({ held: [], nowS, offsetMin })
        for (const one of work.filter(({ from, to }) => to - from <= DAY)) {
          const left = Math.min(...one.due.map((metric) => one.from - earliestAskable(HORIZON[metric], nowS)))
          expect([one, one.priority === 'urgent']).toEqual([one, left < HOUR])
        }
      }),
      { numRuns: 15 },
    )
  })

  test('refreshes buckets that may have grown, never final ones or ones past the horizon', () => {
    const held = done(planWork({ held: [], nowS: NOW, offsetMin: BEIJING }).work, NOW)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 29 * DAY }), fc.boolean(), (later, final) => {
        const nowS = NOW + later
        const { work } = planWork({ held: held.map((one) => ({ ...one, final })), nowS, offsetMin: BEIJING })
        for (const one of work.filter(({ priority }) => priority === 'settling')) {
          expect(final).toBe(false)
          expect(nowS).toBeGreaterThan(refreshDueAt(one.to, NOW))
          expect(one.from).toBeGreaterThanOrEqual(earliestAskable(HORIZON.statistics, nowS))
        }
      }),
      { numRuns: 30 },
    )
  })

  test('after an outage orders by: about to expire, just ended, may have grown', () => {
    const held = done(planWork({ held: [], nowS: NOW, offsetMin: BEIJING }).work, NOW)
    const nowS = NOW + 6.95 * DAY
    const { work } = planWork({ held, nowS, offsetMin: BEIJING })
    const left = (one: Work) => Math.min(...one.due.map((metric) => one.from - earliestAskable(HORIZON[metric], nowS)))
    expect(work.slice(0, 1).map((one) => left(one) < HOUR)).toEqual([true])
    const news = work.findIndex((one) => nowS - one.to < HOUR)
    const settling = work.findIndex((one) => one.priority === 'settling')
    const fill = work.findIndex((one) => one.priority === 'fill')
    expect([0 < news, news < settling, settling < fill]).toEqual([true, true, true])
    const isOlder = ({ from, to }: Work) => to - from === HOUR && nowS - to >= 2 * DAY
    const hours = work.filter((one) => one.priority === 'fill' && isOlder(one)).map(left)
    expect(hours.length).toBeGreaterThan(100)
    expect(hours).toEqual([...hours].sort((a, b) => a - b))
  })
})

test('in collection by day, no hours are planned, and the days stay the same', () => {
  const all = planWork({ held: [], nowS: NOW, offsetMin: BEIJING }).work
  const days = planWork({ held: [], nowS: NOW, offsetMin: BEIJING, byDay: true }).work
  expect(days.filter(({ from, to }) => to - from === HOUR)).toEqual([])
  expect(days.map(key)).toEqual(all.filter(({ from, to }) => to - from !== HOUR).map(key))
})
