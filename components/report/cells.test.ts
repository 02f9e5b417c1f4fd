import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wordsIn } from '@/components/i18n/testing/render'
import { DELIVERY } from '@/lib/contract/funnel'
import { KNOWN_VENDORS } from '@/lib/contract/vendors'
import { cellsOf, clicksOfSent, lostOf, rowBarOf, stepBar } from './cells'
import { counts, TOTAL, vendor } from './testing/funnel-samples'
import { byVolume, receiptsOf, vendorKey, vendorMark, vendorNames } from './vendor'

const words = wordsIn()
const n = fc.option(fc.nat(2_000_000), { nil: null })
const anyRow = fc
  .tuple(fc.tuple(n, n, n, n), fc.constantFrom(...DELIVERY))
  .map(([four, delivery]) => counts(four, delivery))

describe('a row without counts, as in a shared view of rates', () => {
  const hidden = { sendable: null, sent: null, delivered: null, clicked: null }
  const row = { ...vendor('xiaomi', 2, [1_000, 900, 600, 60], 'reported'), ...hidden }

  test('has its rates, bars drawn from them, and no lost count', () => {
    const [sendable, sent, delivered, clicked] = cellsOf(row)
    expect([sendable, sent, delivered, clicked].map((cell) => cell?.form)).toEqual(Array(4).fill('hidden'))
    expect([sent?.rate, delivered?.rate]).toEqual([row.rates.send, row.rates.delivery])
    expect(cellsOf(row).every(({ count, lost }) => count === null && lost === 0)).toBe(true)
    const bar = rowBarOf(row)
    expect(bar.reached + bar.lostAfter + bar.lostBefore + bar.unreported).toBeCloseTo(1)
    expect(bar.reached).toBeGreaterThan(0.5)
    expect(lostOf(row)).toBeNull()
  })

  test('still says that a vendor does not report', () => {
    expect(cellsOf({ ...row, delivery: 'unreported' })[2]?.form).toBe('unreported')
  })
})

describe('a row of the funnel', () => {
  test('never has a bar longer than the row, whatever the upstream said', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        for (const { bar } of cellsOf(row)) {
          for (const part of Object.values(bar)) {
            expect(part).toBeGreaterThanOrEqual(0)
            expect(part).toBeLessThanOrEqual(1)
          }
        }
      }),
    )
  })

  test('never shows an unknown count as 0', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        for (const { form, count, bar } of cellsOf(row)) {
          if (count === null) expect(['unknown', 'unreported']).toContain(form)
          if (count === null) expect(bar.reached === 0 || row.sendable === null).toBe(true)
        }
      }),
    )
  })

  test('has no loss and no missing receipts where a count is unknown', () => {
    for (const delivery of DELIVERY) {
      const [, , delivered] = cellsOf(vendor('xiaomi', 2, [900, 800, null, 3], delivery))
      expect(delivered).toMatchObject({ lost: 0, bar: { lost: 0, unreported: 0 } })
    }
  })

  test('says "not reported" instead of "at least 0", where receipts began after the pushes', () => {
    const delivered = (n: number) => cellsOf(vendor('huawei', 3, [900, 800, n, 0], 'partial'))[2]
    expect([delivered(0)?.form, delivered(1)?.form]).toEqual(['unreported', 'at_least'])
  })

  test('never shows both lost and not reported for one vendor', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        const [, , delivered] = cellsOf(row)
        expect((delivered?.bar.lost ?? 0) > 0 && (delivered?.bar.unreported ?? 0) > 0).toBe(false)
        if (row.delivery !== 'reported') expect(delivered?.lost).toBe(0)
      }),
    )
  })

  test('shows both parts for the total, as the report counted them', () => {
    const [, sent, delivered, clicked] = cellsOf(TOTAL)
    expect(delivered).toMatchObject({
      form: 'exact',
      rate: 0.695_802,
      basis: 'reporting',
      base: 479_454,
      lost: 145_826,
    })
    expect(sent?.lost).toBe(82_669)
    expect(clicked).toMatchObject({ basis: 'delivered', base: 334_859 })
  })

  test('draws the large numbers against the previous step', () => {
    const [, , delivered] = cellsOf(TOTAL)
    if (!delivered) throw new Error('four cells')
    const bar = stepBar(delivered, TOTAL.sent, 411_181)
    expect(bar.reached + bar.lost + bar.unreported).toBeCloseTo(1, 3)
    expect(stepBar(delivered, 0)).toEqual({ reached: 0, lost: 0, unreported: 0 })
    expect(stepBar(delivered, null).reached).toBe(0)
  })
})

describe('the one bar of a row', () => {
  test('never exceeds the row, and has no part that was not counted', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        const parts = Object.values(rowBarOf(row))
        for (const part of parts) expect(part).toBeGreaterThanOrEqual(0)
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })

  test('of the total has all its parts, which add up to what was sendable', () => {
    const { reached, lostAfter, unreported, lostBefore } = rowBarOf(TOTAL)
    expect(lostAfter).toBeCloseTo(145_826 / 974_535, 6)
    expect(unreported).toBeCloseTo(411_181 / 974_535, 6)
    expect(reached + lostAfter + unreported + lostBefore).toBeCloseTo(1, 2)
  })

  test('what was lost is a lower bound where deliveries are not all reported', () => {
    expect(lostOf(vendor('oppo', 6, [1_000, 900, 600, 3], 'reported'))).toEqual({
      ...{ before: 100, after: 300, count: 400, share: 0.4, isWhole: true },
    })
    expect(lostOf(vendor('fcm', 4, [1_000, 900, 0, 3], 'unreported'))).toMatchObject({ count: 100, isWhole: false })
    expect(lostOf(TOTAL)).toMatchObject({ before: 82_669, after: 145_826, isWhole: false })
    expect(lostOf(vendor('oppo', 6, [150, 90, 60, 3], 'reported'))).toMatchObject({ count: 90, share: null })
    expect(lostOf(vendor('oppo', 6, [null, 900, 600, 3], 'reported'))).toBeNull()
  })

  test('clicks of what was sent are silent below the minimum volume', () => {
    expect(clicksOfSent(counts([900, 400, 0, 8], 'unreported'))).toBe(0.02)
    expect(clicksOfSent(counts([900, 199, 0, 8], 'unreported'))).toBeNull()
    expect(clicksOfSent(counts([900, null, 0, 8], 'unreported'))).toBeNull()
  })
})

describe('vendors', () => {
  const at = (name: string, channel: 'offline' | 'online' | null) => ({ vendor: name, channel })

  test('have a mark and a name; an undocumented number keeps its number', () => {
    expect(vendorNames(at('xiaomi', 'offline'), words)).toEqual({ name: 'Xiaomi', also: 'Redmi, POCO' })
    expect(vendorNames(at('platform_12', null), words).name).toBe('Unnamed channel (12)')
    expect(vendorNames(at('unknown', 'online'), words).name).toBe('Online push')
    expect(vendorNames(at('unknown', 'offline'), words).also).toBe('Tencent did not name it')
    expect(vendorNames(at('apns', 'online'), words).name).toBe('Apple (APNs) · Online push')
    expect(KNOWN_VENDORS.map((name) => vendorMark(at(name, 'offline')))).not.toContain('?')
    expect(vendorMark(at('platform_12', null))).toBe('?')
  })

  test('each have a text on how to turn receipts on', () => {
    for (const name of [...KNOWN_VENDORS, 'unknown', 'platform_9']) expect(receiptsOf(name, words)).not.toBe('')
  })

  test('are sorted by volume, stable for equal volumes, online push last', () => {
    const rows = [
      vendor('unknown', 0, [900, 1, 1, 1], 'reported', 'online'),
      vendor('vivo', 7, [5, 1, 1, 1], 'reported'),
      vendor('oppo', 6, [5, 1, 1, 1], 'reported'),
      vendor('honor', 8, [null, 1, 1, 1], 'reported'),
      vendor('fcm', 4, [70, 1, 1, 1], 'reported'),
    ]
    const order = ['fcm', 'oppo', 'vivo', 'honor', 'unknown-online']
    expect(byVolume(rows).map(vendorKey)).toEqual(order)
    expect(byVolume([...rows].reverse()).map(vendorKey)).toEqual(order)
  })
})
