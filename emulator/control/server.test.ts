import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANCHOR, startTestEmulator } from '../testing/client'

const DAY = 86_400

let emulator: Awaited<ReturnType<typeof startTestEmulator>>
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.stop())

const status = async (path: string, body?: string) =>
  (await fetch(emulator.controlUrl + path, body === undefined ? {} : { method: 'POST', body })).status

describe('the clock', () => {
  test('moves data time, and with it the visible events', async () => {
    const { offset, dataNow } = await emulator.control('/clock')
    expect(Math.abs(dataNow - ANCHOR)).toBeLessThan(60)
    const window = { StartTime: ANCHOR - 2 * 3_600, EndTime: ANCHOR - 3_600 }
    const ask = async () => (await emulator.call('normal_push_statistics', window)).PlatformStatistics
    const now = await ask()
    await emulator.control('/clock', { offset: offset + 2 * DAY })
    const later = await ask()
    const sum = (rows: Record<string, number>[], field: string) => rows.reduce((all, row) => all + (row[field] ?? 0), 0)
    expect(sum(later, 'SentCount')).toBe(sum(now, 'SentCount'))
    expect(sum(later, 'DeliveredCount')).toBeGreaterThan(sum(now, 'DeliveredCount'))
    expect(sum(later, 'ClickCount')).toBeGreaterThan(1.2 * sum(now, 'ClickCount'))
    await emulator.control('/clock', { offset: offset + 5 * DAY })
    expect(await ask()).toEqual(later)
    await emulator.control('/clock', { offset })
    expect(await ask()).toEqual(now)
  })

  test('can move to days that were not generated at the start', async () => {
    const { offset, dataNow } = await emulator.control('/clock')
    await emulator.control('/clock', { offset: offset + 100 * DAY })
    const window = { StartTime: dataNow + 80 * DAY, EndTime: dataNow + 99 * DAY, TaskID: [] }
    const { Results } = await emulator.call('all_member_push_statistics', window)
    expect(Results[0].TotalCount).toBeGreaterThan(10_000)
    const { items } = await emulator.control('/truth/tasks')
    expect(items.at(-1).at).toBeGreaterThan(dataNow + 90 * DAY)
    await emulator.control('/clock', { offset })
  })

  test('accepts whole seconds only', async () => {
    expect(await status('/clock', '{"offset":"1"}')).toBe(400)
    expect(await status('/clock', '{"ofset":1}')).toBe(400)
  })
})

describe('switches', () => {
  test('with a lag of a day, today is not visible and yesterday is', async () => {
    const midnight = ANCHOR - 16 * 3_600
    const ask = async () => {
      const body = { StartTime: midnight - DAY, EndTime: midnight + DAY }
      return (await emulator.call('normal_push_statistics', body)).TotalCount
    }
    const all = await ask()
    await emulator.control('/switches', { lag: 'day' })
    const late = await ask()
    await emulator.control('/switches', { lag: 'none' })
    expect(late).toBeGreaterThan(10_000)
    expect(all - late).toBeGreaterThan(5_000)
  })

  test('when counting by event, clicks count in the hour they happened', async () => {
    const task = (await emulator.control('/truth/tasks')).items.find((one: { at: number }) => one.at > ANCHOR - 5 * DAY)
    const after = { StartTime: task.at + DAY, EndTime: task.at + DAY + 4 * 3_600, TaskID: [task.taskId] }
    const ask = async () => (await emulator.call('all_member_push_statistics', after)).Results[0]
    expect(await ask()).toMatchObject({ TotalCount: 0, ClickCount: 0 })
    await emulator.control('/switches', { countBy: 'event' })
    const byEvent = await ask()
    await emulator.control('/switches', { countBy: 'sending' })
    expect(byEvent.TotalCount).toBe(0)
    expect(byEvent.ClickCount).toBeGreaterThan(0)
  })

  test('with a misspelt name or value are rejected and change nothing', async () => {
    const before = await emulator.control('/switches')
    for (const wrong of ['{"grain":"week"}', '{"grane":"hour"}', '{"utcOffset":"8"}', '[', '"x"']) {
      expect(await status('/switches', wrong)).toBe(400)
    }
    expect(await emulator.control('/switches')).toEqual(before)
  })
})

describe('arrivals', () => {
  test('are numbered, can be listed from a number on, and can be cleared', async () => {
    await emulator.control('/arrivals/reset', {})
    await emulator.call('normal_push_trace', { PushID: 'one' })
    const [first] = (await emulator.control('/arrivals')).items
    await emulator.call('normal_push_trace', {})
    const later = (await emulator.control(`/arrivals?since=${first.seq}`)).items
    expect(later).toMatchObject([{ endpoint: 'normal_push_trace', accepted: true, errorCode: 90100 }])
    expect(later[0].monotonicMs).toBeGreaterThan(first.monotonicMs)
    await fetch(`${emulator.controlUrl}/arrivals`, { method: 'DELETE' })
    expect((await emulator.control('/arrivals')).items).toEqual([])
  })
})

test('invalid requests are rejected with 400 or 404', async () => {
  for (const path of [
    '/truth',
    '/truth?source=task&metric=sum&from=1&to=2',
    '/truth?source=chat&metric=loss&from=x&to=2',
  ]) {
    expect(await status(path)).toBe(400)
  }
  for (const path of ['/nothing', '/truth/nothing', '/truth/tasks?sdkappid=5', '/toString'])
    expect(await status(path)).toBe(404)
})

test('truth can be queried as of an earlier second', async () => {
  const question = `/truth?source=chat&metric=statistics&from=${ANCHOR - DAY}&to=${ANCHOR}`
  const early = await emulator.control(`${question}&asOf=${ANCHOR - DAY / 2}`)
  const now = await emulator.control(question)
  expect(early.total.sendable).toBeLessThan(now.total.sendable)
  expect(early.vendors.length).toBe(9)
})
