import { expect, test } from 'vitest'
import type { LossRow } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import { readSample, sample } from './testing/samples'

const TASK = '6afcea80_5f5fe251_200000e87f01f12_cf7963dc_386ba222'
const OTHER = '6afe3c00_5f5fe251_200000e87f01f12_2780d131_9a1'

const before = (code: string, text: string, count: number): LossRow => ({
  stage: 'ready_to_send',
  vendor: null,
  channel: null,
  code,
  text,
  count,
})
const after = (code: string, text: string, count: number): LossRow => ({
  ...before(code, text, count),
  stage: 'post_send',
})
const of = (vendor: Vendor, channel: Channel, row: LossRow): LossRow => ({ ...row, vendor, channel })

const NO_CERTIFICATE = 'Certificate id not set'
const NO_TOKEN = 'token not uploaded'

const rowsOf = (channel: Channel) => [
  before('-1', NO_CERTIFICATE, 167),
  before('-2', NO_TOKEN, 125),
  after('1', 'regid_invalid', 217),
  after('410', 'Unregistered', 35),
  after('10302', 'User Id invalid', 143),
  after('16', '', 56),
  after('80300007', 'All the tokens are invalid', 12),
  after('UNREGISTERED', '', 9),
  of('apns', channel, before('-1', NO_CERTIFICATE, 44)),
  of('xiaomi', channel, before('-1', NO_CERTIFICATE, 123)),
  of('oppo', channel, before('-2', NO_TOKEN, 125)),
  of('oppo', channel, after('1', 'regid_invalid', 217)),
  of('apns', channel, after('410', 'Unregistered', 35)),
  of('vivo', channel, after('10302', 'User Id invalid', 143)),
  of('xiaomi', channel, after('16', '', 56)),
  of('huawei', channel, after('80300007', 'All the tokens are invalid', 12)),
  of('fcm', channel, after('UNREGISTERED', '', 9)),
]
const found = (task: string, rows: LossRow[], absent: object[] = []) => ({
  kind: 'loss',
  results: [{ task, rows, absent }],
  quarantined: [],
})

test('all_member_push_loss.ok.json: codes stay text; totals and vendors are separate', () => {
  expect(readSample('all_member_push_loss.ok.json')).toEqual(found(TASK, rowsOf('offline')))
})

test('all_member_push_loss.trailing_comma.txt: the documentation’s trailing comma changes nothing', () => {
  expect(() => JSON.parse(sample('all_member_push_loss.trailing_comma.txt'))).toThrow()
  expect(readSample('all_member_push_loss.trailing_comma.txt')).toEqual(found(TASK, rowsOf('offline')))
})

test('all_member_push_loss.overall_chinese_errinfo.json: texts in Chinese; empty lists count as empty', () => {
  expect(readSample('all_member_push_loss.overall_chinese_errinfo.json')).toEqual(
    found('', [before('-1', '没有设置证书id', 167), before('-2', '没有上传token', 125)]),
  )
})

test('all_member_push_loss.numeric_errcode_and_missing_arrays.json: a missing list is absent, not empty', () => {
  expect(readSample('all_member_push_loss.numeric_errcode_and_missing_arrays.json')).toEqual(
    found(
      OTHER,
      [before('-1', NO_CERTIFICATE, 12)],
      [
        { stage: 'post_send', by: 'total' },
        { stage: 'ready_to_send', by: 'vendor' },
        { stage: 'post_send', by: 'vendor' },
      ],
    ),
  )
})

test('normal_push_loss.ok_flat.json: lists at the root', () => {
  expect(readSample('normal_push_loss.ok_flat.json')).toEqual(found('', rowsOf(null)))
})

test('normal_push_loss.ok_nested_results.json: lists inside a wrapper', () => {
  expect(readSample('normal_push_loss.ok_nested_results.json')).toEqual(found('', rowsOf(null)))
})

test('normal_push_loss.anonymous_object_as_printed.txt: lists in an object without a name', () => {
  expect(() => JSON.parse(sample('normal_push_loss.anonymous_object_as_printed.txt'))).toThrow()
  expect(readSample('normal_push_loss.anonymous_object_as_printed.txt')).toEqual(found('', rowsOf(null)))
})
