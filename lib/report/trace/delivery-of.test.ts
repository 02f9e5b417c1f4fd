import { describe, expect, test } from 'vitest'
import { deliveryByHistory, withCertificates } from './delivery-of'
import { device, done, offline } from './testing/devices'

describe('by history', () => {
  const delivery = deliveryByHistory([
    { vendor: 'fcm', channel: 'offline', sent: 900, delivered: 0, clicked: 20 },
    { vendor: 'fcm', channel: 'online', sent: 900, delivered: 900, clicked: 0 },
    { vendor: 'huawei', channel: null, sent: 900, delivered: 500, clicked: 20 },
  ])

  test('the online channel does not speak for the vendor’s', () => {
    expect([delivery('fcm', 'offline'), delivery('fcm', null), delivery('fcm', 'online')]).toEqual([
      'unreported',
      'unreported',
      'reported',
    ])
  })

  test('a trace without a channel, or a statistic without one, is the vendor’s', () => {
    expect([delivery('huawei', null), delivery('huawei', 'offline'), delivery('vivo', 'offline')]).toEqual([
      'reported',
      'reported',
      'unknown',
    ])
  })
})

describe('by certificate', () => {
  const path = { offline: done(1), channel: done(1) }
  const clicked = device({ offline: offline({ ...path, click: done(9) }) })
  const delivered = device({ offline: offline({ ...path, device: done(3) }) })
  const of = (certId: string, ...devices: Parameters<typeof withCertificates>[1]) =>
    withCertificates(() => 'reported', devices)('huawei', 'offline', certId)

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
