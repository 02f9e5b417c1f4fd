import { describe, expect, test } from 'vitest'
import type { LossRecord, LossRow } from '@/lib/contract/records'
import { lossStages } from './losses'
import { type CountedRecord, type CountedRow, mergeLosses } from './merge-losses'

const row = (vendor: LossRow['vendor'], code: string, count: number | null, text = ''): CountedRow => ({
  stage: 'post_send',
  vendor,
  channel: vendor && 'offline',
  code,
  text,
  count,
  explained: count,
})
const record = (rows: CountedRow[], absent: LossRecord['absent'] = []): CountedRecord => ({ task: 'a', rows, absent })

describe('merged losses', () => {
  test('a code that occurs in every window, and twice in one of them, becomes one row', () => {
    const sum = mergeLosses('', [
      record([row(null, '410', 5), row('apns', '410', 2), row('apns', '410', 3)]),
      record([row(null, '410', 7), row('apns', '410', 7)]),
    ])
    expect(sum.rows).toEqual([row(null, '410', 12), row('apns', '410', 12)])
  })

  test('a code keeps its most frequent text; other texts stay with their vendors', () => {
    const sum = mergeLosses('', [
      record([row(null, '16', 9, 'flow control'), row('oppo', '16', 9, 'flow control')]),
      record([row(null, '16', 4, 'unregistered'), row('xiaomi', '16', 4, 'unregistered')]),
    ])
    const [, after] = lossStages(sum)
    expect(after?.reasons?.map(({ text, count }) => [text, count])).toEqual([
      ['flow control', 9],
      ['unregistered', 4],
    ])
  })

  test('a list absent from one window is absent from the result, and an unknown count stays unknown', () => {
    const gap = { stage: 'post_send', by: 'vendor' } as const
    const sum = mergeLosses('', [record([row(null, '1', 1)]), record([row(null, '1', null)], [gap]), record([], [gap])])
    expect(sum.absent).toEqual([gap])
    expect(sum.rows).toEqual([row(null, '1', null)])
  })

  test('the explained parts are added up, and an unknown part stays unknown', () => {
    const part = (count: number, explained: number | null) => ({ ...row('fcm', '1', count), explained })
    const fcmOf = (parts: CountedRow[]) =>
      mergeLosses(
        '',
        parts.map((one) => record([one])),
      ).rows.find(({ vendor }) => vendor === 'fcm')
    expect(fcmOf([part(5, 0), part(7, 7)])).toMatchObject({ count: 12, explained: 7 })
    expect(fcmOf([part(5, null), part(7, 7)])).toMatchObject({ count: 12, explained: null })
  })

  test('a code without a total in one window keeps its vendors’ count there', () => {
    const rows = [record([row(null, '1', 2)]), record([row('fcm', '1', 7)])]
    expect(mergeLosses('', rows).rows).toMatchObject([
      { vendor: null, count: 9, explained: 2 },
      { vendor: 'fcm', count: 7 },
    ])
  })

  test('a single record is unchanged, even with two texts for one code', () => {
    const rows = [row(null, '1', 1, 'a'), row(null, '1', 2, 'b')]
    expect(mergeLosses('', [record(rows)])).toEqual({ task: '', rows, absent: [] })
  })
})
