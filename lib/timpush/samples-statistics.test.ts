import { expect, test } from 'vitest'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import { readSample } from './testing/samples'

const TASK = '6afcea80_5f5fe251_200000e87f01f12_cf7963dc_386ba222'
const OTHER = '6afe3c00_5f5fe251_200000e87f01f12_2780d131_9a1'
type Four = [number, number, number, number]

const counts = ([sendable, sent, delivered, clicked]: Four) => ({ sendable, sent, delivered, clicked })
const row = (vendor: Vendor, channel: Channel, ...four: Four) => ({ vendor, channel, ...counts(four) })
const found = (...results: { task: string; total: object; rows: object[] }[]) => ({
  kind: 'statistics',
  results,
  quarantined: [],
})

const EIGHT_VENDORS: [Vendor, ...Four][] = [
  ['apns', 5320, 4910, 3120, 270],
  ['xiaomi', 2660, 2360, 1620, 241],
  ['huawei', 3110, 2900, 2410, 188],
  ['fcm', 1480, 1390, 0, 96],
  ['meizu', 120, 96, 40, 2],
  ['oppo', 1890, 1660, 1204, 77],
  ['vivo', 2012, 1404, 988, 54],
  ['honor', 930, 0, 0, 0],
]
const campaignRows = EIGHT_VENDORS.map(([vendor, ...four]) => row(vendor, 'offline', ...four))
const onlineRow = row('unknown', 'online', 3300, 3298, 3290, 610)
const campaignTotal = counts([20822, 18018, 12672, 1538])

test('all_member_push_statistics.ok.json: two tasks, each with its own total and rows', () => {
  expect(readSample('all_member_push_statistics.ok.json')).toEqual(
    found(
      { task: TASK, total: campaignTotal, rows: [...campaignRows, onlineRow] },
      { task: OTHER, total: counts([12570, 11560, 7150, 795]), rows: campaignRows.slice(0, 4) },
    ),
  )
})

test('all_member_push_statistics.overall.json: the overall has the empty task', () => {
  expect(readSample('all_member_push_statistics.overall.json')).toEqual(
    found({ task: '', total: campaignTotal, rows: [...campaignRows, onlineRow] }),
  )
})

test('all_member_push_statistics.empty.json: no results is no record, not a record of zeros', () => {
  expect(readSample('all_member_push_statistics.empty.json')).toEqual(found())
})

test('all_member_push_statistics.click_exceeds_delivered.json: clicks without deliveries are kept as they are', () => {
  expect(readSample('all_member_push_statistics.click_exceeds_delivered.json')).toEqual(
    found({ task: TASK, total: counts([1480, 1390, 0, 96]), rows: [row('fcm', 'offline', 1480, 1390, 0, 96)] }),
  )
})

test('all_member_push_statistics.doc_shape_platforms_do_not_sum.json: the total is the upstream’s, never a sum', () => {
  expect(readSample('all_member_push_statistics.doc_shape_platforms_do_not_sum.json')).toEqual(
    found({ task: TASK, total: counts([2670, 2213, 532, 206]), rows: [row('apns', 'offline', 532, 391, 0, 27)] }),
  )
})

test('all_member_push_statistics.unknown_platform_and_extra_fields.json: an unknown vendor keeps its number', () => {
  expect(readSample('all_member_push_statistics.unknown_platform_and_extra_fields.json')).toEqual(
    found({ task: TASK, total: counts([10, 9, 8, 1]), rows: [row('platform_9', 'offline', 10, 9, 8, 1)] }),
  )
})

test('normal_push_statistics.doc_shape.json: chat answers are at the root and have no channel', () => {
  expect(readSample('normal_push_statistics.doc_shape.json')).toEqual(
    found({ task: '', total: counts([933478, 637076, 7616, 421]), rows: [row('honor', null, 293, 0, 0, 0)] }),
  )
})

test('normal_push_statistics.ok.json: all eight vendors of chat', () => {
  const rows = EIGHT_VENDORS.map(([vendor, ...four]) => row(vendor, null, ...four))
  expect(readSample('normal_push_statistics.ok.json')).toEqual(
    found({ task: '', total: counts([933478, 637076, 207616, 9421]), rows }),
  )
})
