import { describe, expect, test } from 'vitest'
import type { Question } from './question'
import { questionOf, read } from './testing/samples'

const OK = { ActionStatus: 'OK', ErrorCode: 0 }
const CHAT = questionOf('normal_push_statistics')
const OVERALL = questionOf('all_member_push_statistics')
const TASKS: Question = { endpoint: 'all_member_push_statistics', from: 0, to: 60, tasks: ['t1', 't2'] }
const FULL = { TotalCount: 9, SentCount: 8, DeliveredCount: 7, ClickCount: 6 }
const full = { sendable: 9, sent: 8, delivered: 7, clicked: 6 }

function statistics(question: Question, fields: object | string) {
  const answer = read(question, typeof fields === 'string' ? fields : { ...OK, ...fields })
  if (answer.kind !== 'statistics') throw new Error('not statistics')
  return answer
}
const chat = (fields: object | string) => {
  const { results, quarantined } = statistics(CHAT, fields)
  return { record: results[0], quarantined }
}

describe('a count', () => {
  test.each([
    ['in quotes is a count', '12', 12],
    ['in quotes with spaces is a count', ' 12 ', 12],
    ['of zero is zero', 0, 0],
    ['of zero in quotes is zero', '0', 0],
    ['may be as large as numbers are exact', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])('%s', (_, value, expected) => {
    const { record, quarantined } = chat({ ...FULL, SentCount: value })
    expect(record?.total).toEqual({ ...full, sent: expected })
    expect(quarantined).toEqual([])
  })

  test.each([
    ['that is missing', undefined],
    ['that is null', null],
  ])('%s is unknown, not zero, and no problem', (_, value) => {
    const { record, quarantined } = chat({
      ...FULL,
      SentCount: value,
      PlatformStatistics: [{ PushPlatform: 2, SentCount: value }],
    })
    expect(record?.total).toEqual({ ...full, sent: null })
    expect(record?.rows).toEqual([
      { vendor: 'xiaomi', channel: null, sendable: null, sent: null, delivered: null, clicked: null },
    ])
    expect(quarantined).toEqual([])
  })

  const BROKEN = [
    'abc',
    '',
    ' ',
    '1,000',
    '12.0',
    '0x10',
    '١٢',
    '1e3',
    '-1',
    -1,
    1.5,
    2 ** 53,
    '99999999999999999',
    true,
    false,
    {},
    [],
    [0],
  ]

  test.each(BROKEN.map((value) => [value]))('%j is unknown in a total, with a note', (value) => {
    const { record, quarantined } = chat({ ...FULL, SentCount: value })
    expect(record?.total).toEqual({ ...full, sent: null })
    expect(quarantined).toEqual([{ path: 'SentCount', problem: 'is not a count' }])
  })

  test.each(BROKEN.map((value) => [value]))('%j in a row omits that row only', (value) => {
    const rows = [
      { PushPlatform: 1, ...FULL, ClickCount: value },
      { PushPlatform: 2, ...FULL },
    ]
    const { record, quarantined } = chat({ ...FULL, PlatformStatistics: rows })
    expect(record?.rows).toEqual([{ vendor: 'xiaomi', channel: null, ...full }])
    expect(quarantined).toEqual([{ path: 'PlatformStatistics[0].ClickCount', problem: 'is not a count' }])
  })
})

describe('rows', () => {
  test('are added up per vendor and channel', () => {
    const row = (EventType: unknown) => ({ PushPlatform: 3, EventType, ...FULL })
    const { record } = chat({ PlatformStatistics: [row(1), row('1'), row(2), row(null)] })
    expect(record?.rows).toEqual([
      { vendor: 'huawei', channel: 'offline', sendable: 18, sent: 16, delivered: 14, clicked: 12 },
      { vendor: 'huawei', channel: 'online', ...full },
      { vendor: 'huawei', channel: null, ...full },
    ])
  })

  test('have unknown sums when a value is unknown or the sum is not exact', () => {
    const rows = [
      { PushPlatform: 3, ...FULL, SentCount: null, ClickCount: Number.MAX_SAFE_INTEGER },
      { PushPlatform: 3, ...FULL },
    ]
    expect(chat({ PlatformStatistics: rows }).record?.rows).toEqual([
      { vendor: 'huawei', channel: null, sendable: 18, sent: null, delivered: 14, clicked: null },
    ])
  })

  test.each([[undefined], [null], ['x'], [-1], [1.5], [{}]])('of platform %j are omitted', (PushPlatform) => {
    const { record, quarantined } = chat({ PlatformStatistics: [{ ...FULL, PushPlatform }] })
    expect(record?.rows).toEqual([])
    expect(quarantined).toEqual([{ path: 'PlatformStatistics[0].PushPlatform', problem: 'is not a platform' }])
  })

  test('of an unknown platform keep its number, also in quotes', () => {
    const { record } = chat({ PlatformStatistics: [{ PushPlatform: '77', ...FULL }] })
    expect(record?.rows[0]?.vendor).toBe('platform_77')
  })

  test('that are not objects, and a list that is not a list, are noted', () => {
    const { record, quarantined } = chat({ PlatformStatistics: [null, 'x', [FULL]] })
    expect(record?.rows).toEqual([])
    expect(quarantined.map((note) => note.path)).toEqual([0, 1, 2].map((at) => `PlatformStatistics[${at}]`))
    expect(chat({ PlatformStatistics: 'x' }).quarantined).toEqual([
      { path: 'PlatformStatistics', problem: 'is not a list' },
    ])
    expect(chat({ ...FULL, PlatformStatistics: null }).quarantined).toEqual([])
  })
})

describe('tasks', () => {
  const entry = (task: object) => ({ ...task, ...FULL })

  test('are recognized in both spellings', () => {
    const { results } = statistics(TASKS, { Results: [entry({ TaskID: 't1' }), entry({ TaskId: 't2' })] })
    expect(results.map((result) => result.task)).toEqual(['t1', 't2'])
  })

  test('a task without a result gets no record, not zeros', () => {
    expect(statistics(TASKS, { Results: [entry({ TaskID: 't2' })] }).results.map((result) => result.task)).toEqual([
      't2',
    ])
  })

  test('a result without a task is the overall only if the overall was requested', () => {
    expect(statistics(OVERALL, { Results: [entry({})] }).results).toEqual([{ task: '', total: full, rows: [] }])
    const { results, quarantined } = statistics(TASKS, { Results: [entry({})] })
    expect(results).toEqual([])
    expect(quarantined).toEqual([{ path: 'Results[0].TaskID', problem: 'is missing' }])
  })

  test('a second result for a task is omitted', () => {
    const { results, quarantined } = statistics(TASKS, {
      Results: [entry({ TaskID: 't1' }), { TaskID: 't1', TotalCount: 0 }],
    })
    expect(results).toEqual([{ task: 't1', total: full, rows: [] }])
    expect(quarantined).toHaveLength(1)
  })

  test.each([[7], [{}], ['x'.repeat(201)], ['a\u0000b']])('%j is not a task', (TaskID) => {
    expect(statistics(TASKS, { Results: [entry({ TaskID })] }).results).toEqual([])
  })

  test('a result with nothing but its task has unknown counts', () => {
    expect(statistics(TASKS, { Results: [{ TaskID: 't1' }] }).results).toEqual([
      { task: 't1', total: { sendable: null, sent: null, delivered: null, clicked: null }, rows: [] },
    ])
  })
})

describe('the answer is found', () => {
  const found = [{ task: '', total: full, rows: [] }]

  test.each([
    ['at the root', FULL],
    ['in Results as a list', { Results: [FULL] }],
    ['in Results as an object', { Results: FULL }],
    ['in one other object', { Data: FULL, RequestId: 'x', Extra: { a: 1 } }],
    ['in one other list', { Data: [FULL], Other: [] }],
  ])('%s', (_, fields) => {
    expect(statistics(OVERALL, fields).results).toEqual(found)
    expect(statistics(CHAT, fields).results).toEqual(found)
  })

  test('nowhere when two places could hold it', () => {
    const { results, quarantined } = statistics(OVERALL, { Data: FULL, Other: [FULL] })
    expect(results).toEqual([])
    expect(quarantined).toEqual([{ path: '', problem: 'has several places that could hold the answer' }])
  })

  test.each([
    ['no results', { Results: [] }, []],
    ['null, as programs write an empty list', { Results: null }, []],
    ['a word', { Results: 'x' }, [{ path: 'Results', problem: 'is not a list' }]],
    ['nothing at all', {}, [{ path: '', problem: 'has no field of this endpoint' }]],
    ['a list of something else', { Results: [1] }, [{ path: 'Results[0]', problem: 'is not an object' }]],
  ])('%s gives no record', (_, fields, quarantined) => {
    const answer = statistics(OVERALL, fields)
    expect(answer.results).toEqual([])
    expect(answer.quarantined).toEqual(quarantined)
  })
})
