import { describe, expect, test } from 'vitest'
import { reportingOf } from '@/lib/report/funnel/reporting'
import { deliveryByReporting, deliveryWithin, withCertificates } from './delivery-of'
import { device, done, offline } from './testing/devices'

const push = (pushedAt: number | null) => ({ certId: '', pushedAt })

describe('by history', () => {
  const reporting = reportingOf({
    recent: [
      { vendor: 'fcm', channel: 'offline', sent: 900, delivered: 0, clicked: 20 },
      { vendor: 'fcm', channel: 'online', sent: 900, delivered: 900, clicked: 0 },
      { vendor: 'huawei', channel: null, sent: 900, delivered: 500, clicked: 20 },
    ],
    periods: [],
  })
  const delivery = deliveryByReporting(reporting, 1_000)

  test('the online channel does not speak for the vendor’s', () => {
    const channels = ['offline', null, 'online'] as const
    expect(channels.map((channel) => delivery('fcm', channel, push(1)))).toEqual([
      'unreported',
      'unreported',
      'reported',
    ])
  })

  test('a trace without a channel, or a statistic without one, is the vendor’s', () => {
    expect([delivery('huawei', null, push(1)), delivery('huawei', 'offline', push(1))]).toEqual([
      'reported',
      'reported',
    ])
    expect(delivery('vivo', 'offline', push(1))).toBe('unknown')
  })
})

describe('by period', () => {
  const place = { vendor: 'huawei', channel: 'offline' } as const
  const reporting = reportingOf({
    // The last 30 days hold deliveries of the second period alone. They say nothing of the first.
    recent: [{ ...place, sent: 900, delivered: 500, clicked: 20 }],
    periods: [
      { ...place, from: -Infinity, to: 500, delivery: 'unreported' },
      { ...place, from: 500, to: Infinity, delivery: 'reported' },
    ],
  })

  test('a push is judged by the period in which it was sent, and by the current one where that is unknown', () => {
    const delivery = deliveryByReporting(reporting, 1_000)
    expect([499, 500, null].map((at) => delivery('huawei', 'offline', push(at)))).toEqual([
      'unreported',
      'reported',
      'reported',
    ])
  })

  test('a span over both periods is a lower bound', () => {
    expect(deliveryWithin(reporting, place, { from: 0, to: 1_000 })).toBe('partial')
    expect(deliveryWithin(reporting, { vendor: 'huawei', channel: null }, { from: 0, to: 400 })).toBe('unreported')
  })
})

describe('by certificate', () => {
  const path = { offline: done(1), channel: done(1) }
  const clicked = device({ offline: offline({ ...path, click: done(9) }) })
  const delivered = device({ offline: offline({ ...path, device: done(3) }) })
  const of = (certId: string, ...devices: Parameters<typeof withCertificates>[1]) =>
    withCertificates(() => 'reported', devices)('huawei', 'offline', { certId, pushedAt: null })

  test('a click without a delivery proves that it gives no receipts', () => {
    expect([of('31122', clicked), of('4', clicked), of('', clicked)]).toEqual(['unreported', 'reported', 'reported'])
  })

  test('one delivery proves that it does', () => {
    expect(of('31122', clicked, delivered)).toBe('reported')
  })

  test('0 names no certificate', () => {
    expect(of('0', { ...clicked, certId: '0' })).toBe('reported')
  })
})
