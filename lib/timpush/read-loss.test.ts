import { describe, expect, test } from 'vitest'
import { questionOf, read } from './testing/samples'

const CHAT = questionOf('normal_push_loss')
const OK = { ActionStatus: 'OK', ErrorCode: 0 }
const EMPTY = {
  ReadyToSendLoss: [],
  PostSendDeliveredLoss: [],
  PlatformReadyToSendLoss: [],
  PlatformPostSendDeliveredLoss: [],
}
const row = (ErrCode: unknown, ErrCount: unknown, ErrInfo: unknown = 'text', more = {}) => ({
  ErrCode,
  ErrCount,
  ErrInfo,
  ...more,
})

function losses(fields: object) {
  const answer = read(CHAT, { ...OK, ...fields })
  if (answer.kind !== 'loss') throw new Error('not losses')
  return { record: answer.results[0], quarantined: answer.quarantined }
}
const totals = (...rows: unknown[]) => losses({ ...EMPTY, PostSendDeliveredLoss: rows })

describe('lists', () => {
  test('that are empty count as empty', () => {
    expect(losses(EMPTY)).toEqual({ record: { task: '', rows: [], absent: [] }, quarantined: [] })
  })

  test.each([
    ['missing', undefined, 0],
    ['null', null, 0],
    ['no list', 'x', 1],
    ['an object', {}, 1],
  ])('that are %s are unknown, not empty', (_, list, notes) => {
    const { record, quarantined } = losses({ ...EMPTY, PlatformReadyToSendLoss: list })
    expect(record).toEqual({ task: '', rows: [], absent: [{ stage: 'ready_to_send', by: 'vendor' }] })
    expect(quarantined).toHaveLength(notes)
  })

  test('are all unknown for a task without any list', () => {
    const answer = read(
      { endpoint: 'all_member_push_loss', from: 0, to: 60, tasks: ['t1'] },
      { ...OK, Results: [{ TaskID: 't1' }] },
    )
    expect(answer).toMatchObject({
      results: [
        {
          task: 't1',
          rows: [],
          absent: [
            { stage: 'ready_to_send', by: 'total' },
            { stage: 'post_send', by: 'total' },
            { stage: 'ready_to_send', by: 'vendor' },
            { stage: 'post_send', by: 'vendor' },
          ],
        },
      ],
    })
  })
})

describe('rows', () => {
  test('with the same code and text are added up; with another text they are not', () => {
    const { record } = totals(row('-1', 5), row(-1, '6'), row('-1', 7, 'other'), row('-1', null, 'other'))
    expect(record?.rows.map(({ code, text, count }) => [code, text, count])).toEqual([
      ['-1', 'text', 11],
      ['-1', 'other', null],
    ])
  })

  test('are added up per vendor and channel', () => {
    const of = (PushPlatform: number, EventType?: number) => row('1', 5, 'text', { PushPlatform, EventType })
    const { record } = losses({
      ...EMPTY,
      PlatformPostSendDeliveredLoss: [of(1, 1), of(1, 2), of(2, 1), of(1, 1), of(1)],
    })
    expect(record?.rows.map(({ vendor, channel, count }) => [vendor, channel, count])).toEqual([
      ['apns', 'offline', 10],
      ['apns', 'online', 5],
      ['xiaomi', 'offline', 5],
      ['apns', null, 5],
    ])
  })

  test('of a vendor without a platform are omitted', () => {
    const { record, quarantined } = losses({ ...EMPTY, PlatformReadyToSendLoss: [row('1', 5)] })
    expect(record?.rows).toEqual([])
    expect(quarantined).toEqual([{ path: 'PlatformReadyToSendLoss[0].PushPlatform', problem: 'is not a platform' }])
  })

  test.each([['abc'], [''], [-1], [1.5], [2 ** 53], [{}], [[]], [false]])('with a count of %j are omitted', (count) => {
    const { record, quarantined } = totals(row('1', count), row('2', 3))
    expect(record?.rows.map((each) => [each.code, each.count])).toEqual([['2', 3]])
    expect(quarantined).toEqual([{ path: 'PostSendDeliveredLoss[0].ErrCount', problem: 'is not a count' }])
  })

  test.each([[undefined], [null]])('with a count of %j keep their code, without a count', (count) => {
    expect(totals(row('1', count)).record?.rows).toMatchObject([{ code: '1', count: null }])
  })

  test.each([[undefined], [null], [''], [' ']])(
    'with the code %j are rows of their own and stay in the sum',
    (code) => {
      const { record, quarantined } = totals(row(code, 3), row('1', 4), row(code, 2))
      expect(record?.rows.map((each) => [each.code, each.count])).toEqual([
        ['', 5],
        ['1', 4],
      ])
      expect(quarantined).toEqual([])
    },
  )

  test('without a code and without a count are omitted', () => {
    expect(totals({}, { ErrInfo: 'text' }).record?.rows).toEqual([])
  })

  test.each([[1.5], [true], [{}], ['x'.repeat(201)]])('with the code %j are omitted', (code) => {
    const { record, quarantined } = totals(row(code, 3))
    expect(record?.rows).toEqual([])
    expect(quarantined).toEqual([{ path: 'PostSendDeliveredLoss[0].ErrCode', problem: 'is not a code' }])
  })
})

describe('texts', () => {
  const textOf = (text: unknown) => totals({ ErrCode: '1', ErrCount: 3, ErrInfo: text }).record?.rows[0]?.text

  test.each([
    ['missing is empty', undefined, ''],
    ['null is empty', null, ''],
    ['a number is written out', 12, '12'],
    ['an object is empty', {}, ''],
    ['a character that databases reject is replaced', 'a\u0000b', 'a\ufffdb'],
    ['a long one is cut', 'x'.repeat(10_000), 'x'.repeat(2_000)],
    ['a cut does not leave half a character', `${'x'.repeat(1_999)}😀`, 'x'.repeat(1_999)],
  ])('%s', (_, text, expected) => {
    expect(textOf(text)).toBe(expected)
  })

  test('a long text stays complete in `raw`', () => {
    const raw = JSON.stringify({ ...OK, ...EMPTY, ReadyToSendLoss: [row('1', 3, 'x'.repeat(10_000))] })
    expect(read(CHAT, raw).raw).toBe(raw)
  })
})
