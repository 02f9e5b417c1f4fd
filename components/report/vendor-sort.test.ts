import { expect, test } from 'vitest'
import type { VendorSort } from '@/lib/contract/chart/vendor-sorts'
import type { RateChanges } from '@/lib/contract/funnel'
import { funnel, vendor } from './testing/funnel-samples'
import { vendorKey } from './vendor'
import { sortVendors } from './vendor-sort'

const changes: Record<string, number> = { xiaomi: 0.02, vivo: -0.3, oppo: -0.01 }
const changeOf = (row: { vendor: string }): RateChanges | null => {
  const delivery = changes[row.vendor]
  return delivery === undefined ? null : { send: null, delivery, click: null }
}
const order = (sort: VendorSort, rows = funnel().vendors) => sortVendors(rows, sort, changeOf).map(vendorKey)

test('what needs attention comes first, and what is unknown comes last', () => {
  expect(order('volume').slice(0, 3)).toEqual(['xiaomi', 'huawei', 'apns'])
  expect(order('rate').slice(0, 5)).toEqual(['vivo', 'oppo', 'xiaomi', 'unknown-online', 'huawei'])
  expect(order('change').slice(0, 4)).toEqual(['vivo', 'oppo', 'xiaomi', 'huawei'])
  expect(order('points').slice(0, 3)).toEqual(['honor', 'vivo', 'oppo'])
  expect(order('lost').slice(0, 3)).toEqual(['xiaomi', 'vivo', 'oppo'])
})

test('a vendor below the minimum volume has no place by rate or points', () => {
  const small = vendor('meizu', 5, [150, 100, 1, 0], 'reported')
  const rows = [small, vendor('oppo', 6, [900, 800, 700, 9], 'reported')]
  expect(order('points', rows)).toEqual(['oppo', 'meizu'])
  expect(order('rate', rows)).toEqual(['oppo', 'meizu'])
  expect(order('lost', rows)).toEqual(['oppo', 'meizu'])
})
