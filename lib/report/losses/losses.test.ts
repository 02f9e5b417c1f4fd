import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LossRecord, LossRow, LossStage } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import { lossStages } from './losses'
import { withoutParts } from './merge-losses'

const row = (
  stage: LossStage,
  vendor: Vendor | null,
  code: string,
  count: number | null,
  text = '',
  channel: Channel = vendor ? 'offline' : null,
): LossRow => ({ stage, vendor, channel, code, text, count })
const total = (code: string, count: number | null, text = '') => row('post_send', null, code, count, text)
const own = (vendor: Vendor, code: string, count: number | null, text = '') =>
  row('post_send', vendor, code, count, text)
const record = (rows: LossRow[], absent: LossRecord['absent'] = []) => withoutParts({ task: '', rows, absent })
const vendorOf = (vendor: Vendor, count: number) => ({ vendor, channel: 'offline', count, explained: null })
const afterSending = (rows: LossRow[], absent: LossRecord['absent'] = [], vendor?: string) =>
  lossStages(record(rows, absent), vendor)[1]?.reasons

const CERTIFICATE = 'Certificate id not set'

describe('reasons of a stage', () => {
  test('both stages are always present, before sending first', () => {
    const rows = [
      row('ready_to_send', null, '-1', 167, CERTIFICATE),
      row('ready_to_send', 'apns', '-1', 44, CERTIFICATE),
      row('ready_to_send', 'xiaomi', '-1', 123, CERTIFICATE),
      total('410', 35, 'Unregistered'),
    ]
    expect(lossStages(record(rows))).toEqual([
      {
        stage: 'ready_to_send',
        reasons: [
          {
            code: '-1',
            text: CERTIFICATE,
            count: 167,
            explained: null,
            vendors: [
              { vendor: 'xiaomi', channel: 'offline', count: 123, explained: null },
              { vendor: 'apns', channel: 'offline', count: 44, explained: null },
            ],
          },
        ],
      },
      { stage: 'post_send', reasons: [{ code: '410', text: 'Unregistered', count: 35, explained: null, vendors: [] }] },
    ])
  })

  test('the count is Tencent’s own total, even if vendors do not add up to it', () => {
    expect(afterSending([total('1', 217, 'regid_invalid'), own('oppo', '1', 200, 'regid_invalid')])).toMatchObject([
      { count: 217, vendors: [{ vendor: 'oppo', count: 200 }] },
    ])
  })

  test('without a stage total the count is the sum over vendors', () => {
    const rows = [own('apns', '410', 30, 'Unregistered'), own('fcm', '410', 5, 'unregistered ')]
    expect(afterSending(rows, [{ stage: 'post_send', by: 'total' }])).toMatchObject([{ code: '410', count: 35 }])
  })

  test('with both lists absent the losses are unknown, not zero', () => {
    const absent: LossRecord['absent'] = [
      { stage: 'post_send', by: 'total' },
      { stage: 'post_send', by: 'vendor' },
    ]
    expect(afterSending([], absent)).toBeNull()
    expect(lossStages(record([], absent))[0]?.reasons).toEqual([])
  })

  test('without a record both stages are unknown', () => {
    expect(lossStages(null).map(({ reasons }) => reasons)).toEqual([null, null])
  })

  test('the largest count is first, unknown counts are last, ties are ordered by code', () => {
    const rows = [total('b', 5), total('unknown', null), total('a', 5), total('c', 9)]
    expect(afterSending(rows)?.map(({ code }) => code)).toEqual(['c', 'a', 'b', 'unknown'])
  })

  test('an unreadable count is null, and so is its sum', () => {
    expect(afterSending([own('apns', '410', null), own('fcm', '410', 5)])).toMatchObject([{ count: null }])
  })

  test('repeated rows of a vendor are merged', () => {
    expect(afterSending([own('apns', '-1', 3), own('apns', '-1', 4)])).toMatchObject([
      { count: 7, vendors: [{ vendor: 'apns', count: 7 }] },
    ])
  })
})

describe('codes that collide between vendors', () => {
  const collision = [
    total('1', 300, 'regid_invalid'),
    own('oppo', '1', 217, 'regid_invalid'),
    own('xiaomi', '1', 83, 'internal error'),
  ]

  test('another text is another reason, and the sum of the code is unchanged', () => {
    expect(afterSending(collision)).toEqual([
      { code: '1', text: 'regid_invalid', count: 217, explained: null, vendors: [vendorOf('oppo', 217)] },
      { code: '1', text: 'internal error', count: 83, explained: null, vendors: [vendorOf('xiaomi', 83)] },
    ])
  })

  test('if the vendors exceed the total, nothing is moved', () => {
    const rows = [total('1', 50, 'regid_invalid'), own('xiaomi', '1', 83, 'internal error')]
    expect(afterSending(rows)).toMatchObject([
      { text: 'regid_invalid', count: 50, vendors: [{ vendor: 'xiaomi', count: 83 }] },
    ])
  })

  test('a vendor row without a text belongs to its code', () => {
    expect(afterSending([total('16', 56, 'target device invalid'), own('xiaomi', '16', 56)])).toHaveLength(1)
  })

  test('a total that consists of other texts leaves no empty row', () => {
    expect(afterSending([total('1', 83, 'regid_invalid'), own('xiaomi', '1', 83, 'internal error')])).toMatchObject([
      { text: 'internal error', count: 83 },
    ])
  })
})

describe('one vendor', () => {
  const rows = [total('410', 40, 'Unregistered'), own('apns', '410', 30, 'Unregistered'), own('vivo', '10302', 9)]

  test('only its own counts are reported', () => {
    expect(afterSending(rows, [], 'apns')).toEqual([
      { code: '410', text: 'Unregistered', count: 30, explained: null, vendors: [vendorOf('apns', 30)] },
    ])
  })

  test('a vendor without losses has no reasons; an absent list is unknown', () => {
    expect(afterSending(rows, [], 'meizu')).toEqual([])
    expect(afterSending(rows, [{ stage: 'post_send', by: 'vendor' }], 'apns')).toBeNull()
  })
})

test('the sum of a code is Tencent’s own, whatever the vendor rows are', () => {
  const code = fc.constantFrom('1', '-1', '410')
  const text = fc.constantFrom('', 'regid_invalid', 'internal error', 'Regid_Invalid')
  const vendor = fc.constantFrom<Vendor>('apns', 'xiaomi', 'oppo', 'vivo')
  const totals = fc.uniqueArray(fc.record({ code, text, count: fc.nat(500) }), { selector: (one) => one.code })
  const vendors = fc.array(fc.record({ code, text, vendor, count: fc.nat(200) }), { maxLength: 12 })
  const add = (list: { code: string; count: number | null }[], of: string) =>
    list.filter((one) => one.code === of).reduce((sum, one) => sum + (one.count ?? Number.NaN), 0)
  fc.assert(
    fc.property(totals, vendors, (all, rows) => {
      const given = [
        ...all.map((one) => total(one.code, one.count, one.text)),
        ...rows.map((one) => own(one.vendor, one.code, one.count, one.text)),
      ]
      const reasons = afterSending(given) ?? []
      for (const one of ['1', '-1', '410']) {
        const expected = all.some((entry) => entry.code === one) ? add(all, one) : add(rows, one)
        expect(add(reasons, one)).toBe(expected)
      }
      const counted = reasons.flatMap(({ vendors: list }) => list).reduce((sum, { count }) => sum + (count ?? 0), 0)
      expect(counted).toBe(rows.reduce((sum, { count }) => sum + count, 0))
    }),
  )
})
