import { afterAll, beforeAll, expect, test } from 'vitest'
import { APP, startTestEmulator } from './testing/client'

let emulator: Awaited<ReturnType<typeof startTestEmulator>>
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.stop())

test('the answer for a window matches the truth', async () => {
  const { dataNow } = await emulator.control('/health')
  const to = dataNow - (dataNow % 3_600)
  const from = to - 86_400 * 2
  const answer = await emulator.call('all_member_push_statistics', { StartTime: from, EndTime: to, TaskID: [] })
  const truth = await emulator.control(`/truth?source=task&metric=statistics&from=${from}&to=${to}`)
  expect(answer.Results[0].TotalCount).toBeGreaterThan(200)
  expect(answer.Results[0].TotalCount).toBe(truth.total.sendable)
})

test('every call is recorded on arrival', async () => {
  await emulator.control('/arrivals/reset', {})
  await emulator.call('normal_push_trace', { PushID: 'nothing' })
  const { items } = await emulator.control('/arrivals')
  expect(items).toMatchObject([
    { endpoint: 'normal_push_trace', sdkAppId: APP.sdkAppId, accepted: true, inFlight: 0, errorCode: 0 },
  ])
})
