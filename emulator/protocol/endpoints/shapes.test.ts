import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANCHOR, startTestEmulator } from '../../testing/client'

const WEEK = { StartTime: ANCHOR - 7 * 86_400 + 600, EndTime: ANCHOR }
const OK = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: 'sucess' }
const ARRAYS = ['ReadyToSendLoss', 'PostSendDeliveredLoss', 'PlatformReadyToSendLoss', 'PlatformPostSendDeliveredLoss']
const COUNTS = ['TotalCount', 'SentCount', 'DeliveredCount', 'ClickCount']

let emulator: Awaited<ReturnType<typeof startTestEmulator>>
let tasks: { taskId: string; at: number }[]
beforeAll(async () => {
  emulator = await startTestEmulator()
  tasks = (await emulator.control('/truth/tasks')).items
})
afterAll(() => emulator.stop())

const keys = (object: object) => Object.keys(object).sort()
const recent = () => tasks.filter(({ at }) => at > WEEK.StartTime).map(({ taskId }) => taskId)

describe('statistics of campaigns', () => {
  test('have exactly the documented fields', async () => {
    const answer = await emulator.call('all_member_push_statistics', { ...WEEK, TaskID: [] })
    expect(keys(answer)).toEqual(keys({ ...OK, Results: [] }))
    expect(answer).toMatchObject(OK)
    const [overall] = answer.Results
    expect(keys(overall)).toEqual(['TaskID', 'PlatformStatistics', ...COUNTS].sort())
    expect(overall.TaskID).toBe('')
    for (const row of overall.PlatformStatistics) {
      expect(keys(row)).toEqual(['EventType', 'PushPlatform', ...COUNTS].sort())
      expect(row.EventType).toBe(row.PushPlatform === 0 ? 2 : 1)
    }
    expect(overall.PlatformStatistics.map((row: { PushPlatform: number }) => row.PushPlatform)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8,
    ])
  })

  test('answer each task separately and omit unknown tasks', async () => {
    const known = recent().slice(-2)
    expect(known).toHaveLength(2)
    const TaskID = [...known, '6afcea80_537529d8_200000e87f01f12_cf7963dc_386ba222']
    const { Results } = await emulator.call('all_member_push_statistics', { ...WEEK, TaskID })
    expect(Results.map((result: { TaskID: string }) => result.TaskID)).toEqual(known)
    expect(Results[0].TotalCount).toBeGreaterThan(0)
    const none = await emulator.call('all_member_push_statistics', { ...WEEK, TaskID: TaskID.slice(2) })
    expect(none).toEqual({ ...OK, Results: [] })
  })

  test("exclude or include the task's own second at the end, as switched", async () => {
    const { taskId, at } = tasks.filter((task) => task.at % 60 === 0 && task.at > WEEK.StartTime)[0] ?? {
      taskId: '',
      at: 0,
    }
    const ask = async () => {
      const body = { StartTime: at - 600, EndTime: at, TaskID: [taskId] }
      return (await emulator.call('all_member_push_statistics', body)).Results[0].TotalCount
    }
    expect(await ask()).toBe(0)
    await emulator.control('/switches', { endTime: 'inclusive' })
    expect(await ask()).toBeGreaterThan(0)
    await emulator.control('/switches', { endTime: 'exclusive' })
  })

  test('can differ from the sum of their rows', async () => {
    const ask = async () => (await emulator.call('all_member_push_statistics', { ...WEEK, TaskID: [] })).Results[0]
    const sum = (result: { PlatformStatistics: { SentCount: number }[] }) =>
      result.PlatformStatistics.reduce((total, row) => total + row.SentCount, 0)
    const honest = await ask()
    expect(honest.SentCount).toBe(sum(honest))
    await emulator.control('/switches', { totalsDisagree: true })
    const other = await ask()
    expect(other.SentCount).toBeGreaterThan(sum(other))
    await emulator.control('/switches', { totalsDisagree: false })
  })
})

test('chat statistics are at the root, without channels', async () => {
  const answer = await emulator.call('normal_push_statistics', WEEK)
  expect(keys(answer)).toEqual([...keys(OK), 'PlatformStatistics', ...COUNTS].sort())
  expect(keys(answer.PlatformStatistics[0])).toEqual(['PushPlatform', ...COUNTS].sort())
})

describe('losses', () => {
  test('of campaigns have four arrays with text codes', async () => {
    const answer = await emulator.call('all_member_push_loss', { ...WEEK, TaskID: recent().slice(0, 5) })
    expect(answer).toMatchObject(OK)
    for (const result of answer.Results) {
      expect(keys(result)).toEqual(['TaskID', ...ARRAYS].sort())
      for (const row of result.PlatformPostSendDeliveredLoss) {
        expect(keys(row)).toEqual(['ErrCode', 'ErrCount', 'ErrInfo', 'EventType', 'PushPlatform'])
        expect([typeof row.ErrCode, typeof row.ErrCount, typeof row.ErrInfo]).toEqual(['string', 'number', 'string'])
      }
    }
  })

  test('of chat are at the root, or nested as switched', async () => {
    const flat = await emulator.call('normal_push_loss', WEEK)
    expect(keys(flat)).toEqual([...keys(OK), ...ARRAYS].sort())
    expect(keys(flat.PlatformReadyToSendLoss[0])).toEqual(['ErrCode', 'ErrCount', 'ErrInfo', 'PushPlatform'])
    await emulator.control('/switches', { nestedLoss: true })
    const nested = await emulator.call('normal_push_loss', WEEK)
    const { ActionStatus, ErrorCode, ErrorInfo, ...arrays } = flat
    expect(nested).toEqual({ ActionStatus, ErrorCode, ErrorInfo, Results: [arrays] })
    await emulator.control('/switches', { nestedLoss: false })
  })

  test('include every hard case: words as codes, Chinese, empty texts, one code with two vendors', async () => {
    const { PlatformPostSendDeliveredLoss: post, PlatformReadyToSendLoss: ready } = await emulator.call(
      'normal_push_loss',
      WEEK,
    )
    const codes = (platform: number) =>
      post
        .filter((row: { PushPlatform: number }) => row.PushPlatform === platform)
        .map((row: { ErrCode: string }) => row.ErrCode)
    expect(codes(1)).toEqual(expect.arrayContaining(['410', '400']))
    expect(codes(2)).toEqual(expect.arrayContaining(['20301', '16', '1']))
    expect(codes(3)).toEqual(expect.arrayContaining(['80300007', '6']))
    expect(codes(4)).toEqual(['UNREGISTERED'])
    expect(codes(6)).toEqual(['1'])
    expect(codes(7)).toContain('10302')
    expect(ready).toContainEqual(expect.objectContaining({ ErrCode: '-2', ErrInfo: '没有上传token' }))
    expect(post).toContainEqual(expect.objectContaining({ ErrCode: 'UNREGISTERED', ErrInfo: '' }))
  })
})

test('invalid requests answer 90100', async () => {
  const wrong: [string, object][] = [
    ['all_member_push_statistics', { ...WEEK, TaskID: ['1', '2', '3', '4', '5', '6'] }],
    ['all_member_push_statistics', WEEK],
    ['all_member_push_loss', { StartTime: ANCHOR - 8 * 86_400, EndTime: ANCHOR, TaskID: [] }],
    ['normal_push_loss', { StartTime: ANCHOR, EndTime: ANCHOR - 1 }],
    ['normal_push_statistics', {}],
    ['normal_push_trace', {}],
    ['normal_push_trace', { PushID: 7 }],
    ['all_member_push_trace', { TaskID: 'x' }],
  ]
  for (const [endpoint, body] of wrong) {
    const { ActionStatus, ErrorCode } = await emulator.call(endpoint, body)
    expect([endpoint, ActionStatus, ErrorCode]).toEqual([endpoint, 'FAIL', 90100])
  }
})
