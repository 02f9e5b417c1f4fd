import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import { receiptHistory, reportingOf } from '@/lib/report/funnel/reporting'
import type { Span } from '@/lib/report/range/windows'
import { findChanges } from './find-changes'
import type { StoredHour } from './rate-hours'
import { hoursOf, MONDAY, type VendorHour } from './testing/hours'

const DAYS = 30
const LAST_DAY = { from: MONDAY + 29 * DAY, to: MONDAY + 30 * DAY }
const LAST_WEEK = { from: MONDAY + 23 * DAY, to: MONDAY + 30 * DAY }
/** 10:00 of the last day. */
const START = LAST_DAY.from + 10 * HOUR

function find(hours: StoredHour[], range: Span = LAST_DAY) {
  const { changes, periods } = receiptHistory(hours)
  const recent = hours.flatMap(({ rows }) =>
    rows.map((row) => ({ ...row, sent: row.sent ?? 0, delivered: row.delivered ?? 0, clicked: row.clicked ?? 0 })),
  )
  // The last of equal places decides; receipts of any day count for all of them.
  const known = new Map(recent.filter(({ delivered }) => delivered > 0).map((row) => [row.vendor, row]))
  const reporting = reportingOf({ recent: [...known.values()], periods })
  return findChanges({ hours, reporting, receipts: changes, range, offsetMin: 0 })
}

/** A vendor with its usual rate until `START`, then with another one. */
const vivo =
  (rate: number, sent = 100, over: Partial<VendorHour> = {}) =>
  (at: number): VendorHour[] => [{ vendor: 'vivo', sent, rate: at < START ? 0.8 : rate, ...over }]

describe('the rate of a vendor', () => {
  test('that falls is found with its hour, its rates and the messages lost', () => {
    expect(find(hoursOf(DAYS, vivo(0.5))).incidents).toEqual([
      {
        change: 'fell',
        kind: 'delivery',
        vendor: 'vivo',
        channel: 'offline',
        from: START,
        to: null,
        before: expect.closeTo(0.8, 6),
        now: 0.5,
        whole: 1_400,
        messages: -420,
      },
    ])
  })

  test('that rises is a gain', () => {
    expect(find(hoursOf(DAYS, vivo(0.95))).incidents).toMatchObject([{ change: 'rose', from: START, messages: 210 }])
  })

  test('of sending falls alike', () => {
    const hours = hoursOf(DAYS, (at) => [{ vendor: 'vivo', sent: 100, rate: 0.8, sendRate: at < START ? 1 : 0.5 }])
    expect(find(hours).incidents).toMatchObject([
      { kind: 'send', change: 'fell', from: START, now: 0.5, messages: -1_400 },
    ])
  })

  test('with fewer than 200 pushes stays silent', () => {
    expect(find(hoursOf(DAYS, vivo(0, 14))).incidents).toEqual([])
    expect(find(hoursOf(DAYS, vivo(0, 15))).incidents).toHaveLength(1)
  })

  test('that varies as every week does stays silent', () => {
    const weekend = (at: number) => [5, 6].includes(Math.floor((at - MONDAY) / DAY) % 7)
    const shaped = hoursOf(DAYS, (at) => [{ vendor: 'vivo', sent: 100, rate: weekend(at) ? 0.5 : 0.8 }])
    expect(find(shaped, LAST_WEEK).incidents).toEqual([])
  })

  test('that varies from day to day needs a larger fall', () => {
    const since = LAST_DAY.to - 3 * DAY
    const varied = (spread: number) =>
      hoursOf(DAYS, (at) => {
        const usual = 0.6 + spread * (((Math.floor((at - MONDAY) / DAY) * 2) % 5) - 2)
        return [{ vendor: 'vivo', sent: 20, rate: at < since ? usual : 0.4 }]
      })
    expect(find(varied(0.01), LAST_WEEK).incidents).toMatchObject([{ change: 'fell', from: since }])
    expect(find(varied(0.1), LAST_WEEK).incidents).toEqual([])
  })

  test('that fell before the range and goes on is named with its start; one that has ended is not', () => {
    const since = MONDAY + 20 * DAY
    const falls = (until: number) =>
      hoursOf(DAYS, (at) => [{ vendor: 'vivo', sent: 100, rate: at >= since && at < until ? 0.4 : 0.8 }])
    expect(find(falls(Infinity)).incidents).toMatchObject([{ from: since, to: null, whole: 2_400 }])
    expect(find(falls(LAST_DAY.from)).incidents).toEqual([])
    expect(find(falls(LAST_DAY.from), LAST_WEEK).incidents).toMatchObject([{ from: since, to: LAST_DAY.from }])
  })

  test('is not judged by receipts that may still arrive', () => {
    const young = (rate: number) =>
      hoursOf(DAYS, (at) => [{ vendor: 'apns', sent: 100, rate: at < LAST_DAY.from ? 0.7 : rate }], LAST_DAY.to + HOUR)
    expect(find(young(0.32)).incidents).toEqual([])
    expect(find(young(0)).incidents).toMatchObject([{ vendor: 'apns', change: 'fell', from: LAST_DAY.from, now: 0 }])
  })

  test('is unknown with less than a week of history', () => {
    const { incidents, isKnown, days } = find(hoursOf(DAYS, vivo(0)).slice(-5 * 24))
    expect({ incidents, isKnown, days }).toEqual({ incidents: [], isKnown: false, days: 5 })
  })
})

test('receipts that begin are named as such and never as a rise', () => {
  const found = find(hoursOf(DAYS, (at) => [{ vendor: 'huawei', sent: 100, rate: at < START ? 0 : 0.8 }]))
  expect(found.receipts).toEqual([{ vendor: 'huawei', channel: 'offline', at: START, grain: 'hour' }])
  expect(found.incidents).toEqual([])
})

test('receipts that stop are a fall of the rate, and receipts that resume are nothing', () => {
  const end = START + 5 * HOUR
  const hours = hoursOf(DAYS, (at) => [{ vendor: 'vivo', sent: 100, rate: at >= START && at < end ? 0 : 0.8 }])
  expect(find(hours)).toMatchObject({ receipts: [], incidents: [{ change: 'fell', from: START, to: end, now: 0 }] })
})

describe('hours without a push', () => {
  const silent = (from: number, to: number) => hoursOf(DAYS, (at) => (at >= from && at < to ? [] : vivo(0.8)(0)))

  test('are found while pushes are usual at these hours', () => {
    expect(find(silent(START, Infinity)).silences).toEqual([{ from: START, to: null, expected: 1_400 }])
    expect(find(silent(START, START + 3 * HOUR)).silences).toEqual([
      { from: START, to: START + 3 * HOUR, expected: 300 },
    ])
  })

  test('are nothing where few pushes are usual, or none at night', () => {
    expect(find(silent(START, START + HOUR)).silences).toEqual([])
    const nights = hoursOf(DAYS, (at) => (Math.floor(at / HOUR) % 24 < 8 ? [] : vivo(0.8)(0)))
    expect(find(nights, LAST_WEEK).silences).toEqual([])
  })

  test('that are not stored are no silence', () => {
    expect(find(silent(START, Infinity).filter(({ from }) => from < START)).silences).toEqual([])
  })
})
