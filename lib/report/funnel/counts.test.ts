import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countsReport, deliveryOf, rateOf } from './counts'

const seen = (sent: number, delivered: number, clicked = 0) => ({ sent, delivered, clicked })

describe('does a vendor report deliveries', () => {
  test.each([
    ['any delivery', 'huawei', 'offline', seen(10, 1), 'reported'],
    ['Xiaomi always reports', 'xiaomi', 'offline', seen(5000, 0), 'reported'],
    ['OPPO always reports', 'oppo', null, seen(0, 0), 'reported'],
    ['online push always reports', 'unknown', 'online', seen(0, 0), 'reported'],
    ['FCM notification messages', 'fcm', 'offline', seen(1390, 0, 96), 'unreported'],
    ['exactly the minimum volume', 'apns', null, seen(200, 0), 'unreported'],
    ['one below it', 'apns', null, seen(199, 0, 27), 'unknown'],
    ['nothing sent', 'honor', 'offline', seen(0, 0), 'unknown'],
    ['more clicks than deliveries', 'fcm', 'offline', seen(1390, 20, 96), 'partial'],
    ['more clicks than deliveries at a vendor that always reports', 'xiaomi', 'offline', seen(1390, 0, 96), 'partial'],
    ['a platform without a name', 'platform_9', 'offline', seen(900, 800, 1), 'reported'],
    ['an unknown vendor of a chat answer is not online push', 'unknown', null, seen(900, 0), 'unreported'],
  ] as const)('%s', (_, vendor, channel, history, expected) => {
    expect(deliveryOf(vendor, channel, history)).toBe(expected)
  })
})

describe('rates', () => {
  test('below 200 there is no rate, but always a count', () => {
    const report = countsReport({ sendable: 190, sent: 150, delivered: 27, clicked: 3 }, 'reported')
    expect(report).toMatchObject({ sendable: 190, sent: 150, delivered: 27, clicked: 3 })
    expect(report.rates).toEqual({
      send: null,
      delivery: null,
      deliveryReporting: null,
      click: null,
      clickBasis: 'delivered',
    })
  })

  test('0 deliveries of a reporting vendor are a real 0', () => {
    const { rates } = countsReport({ sendable: 3000, sent: 2360, delivered: 0, clicked: 0 }, 'reported')
    expect(rates).toMatchObject({ delivery: 0, deliveryReporting: 0, click: null })
  })

  test('nothing sent out of many sendable is a send rate of 0', () => {
    expect(countsReport({ sendable: 930, sent: 0, delivered: 0, clicked: 0 }, 'unknown').rates.send).toBe(0)
  })

  test('a vendor that does not report has no delivery rate, and its click rate is per push sent', () => {
    const { rates } = countsReport({ sendable: 1480, sent: 1390, delivered: 0, clicked: 96 }, 'unreported')
    expect(rates).toEqual({
      send: 1390 / 1480,
      delivery: null,
      deliveryReporting: null,
      click: 96 / 1390,
      clickBasis: 'sent',
    })
  })

  test('a partly reporting vendor keeps its lower bound, and its click rate is per push sent', () => {
    const { rates } = countsReport({ sendable: 500, sent: 400, delivered: 210, clicked: 300 }, 'partial')
    expect(rates).toMatchObject({ delivery: 210 / 400, deliveryReporting: null, click: 300 / 400, clickBasis: 'sent' })
  })

  test('unknown counts stay null, and so do their rates', () => {
    const nothing = { sendable: null, sent: null, delivered: null, clicked: null }
    expect(countsReport(nothing, 'reported')).toEqual({
      ...nothing,
      delivery: 'reported',
      rates: { send: null, delivery: null, deliveryReporting: null, click: null, clickBasis: 'delivered' },
    })
  })

  test('200 is enough for a rate', () => {
    expect([rateOf(20, 200), rateOf(20, 199)]).toEqual([0.1, null])
  })

  test('a rate is either null or the exact fraction', () => {
    const count = fc.option(fc.nat(100_000), { nil: null })
    fc.assert(
      fc.property(count, count, (part, whole) => {
        const rate = rateOf(part, whole)
        if (part === null || whole === null || whole < 200) expect(rate).toBeNull()
        else expect(rate).toBe(part / whole)
      }),
    )
  })
})
