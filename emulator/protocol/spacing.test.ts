import { expect, test } from 'vitest'
import { startTestEmulator } from '../testing/client'
import { Spacing } from './spacing'

const CALL = 'normal_push_loss'

test('a call less than a second after the last accepted one is refused', () => {
  const spacing = new Spacing(1_000)
  expect(spacing.take(1, CALL, 5_000)).toBe(true)
  expect(spacing.take(1, CALL, 5_999.99)).toBe(false)
  expect(spacing.take(1, CALL, 6_000)).toBe(true)
})

test('a refused call does not delay the next one', () => {
  const spacing = new Spacing(1_000)
  for (const [at, taken] of [
    [0, true],
    [900, false],
    [1_000, true],
  ] as const) {
    expect(spacing.take(1, CALL, at)).toBe(taken)
  }
})

test('every app and endpoint is spaced separately', () => {
  const spacing = new Spacing(1_000)
  expect(spacing.take(1, CALL, 0)).toBe(true)
  expect(spacing.take(2, CALL, 0)).toBe(true)
  expect(spacing.take(1, 'normal_push_statistics', 0)).toBe(true)
  expect(spacing.take(1, CALL, 1)).toBe(false)
})

test('the online status accepts 200 calls in any second', () => {
  const spacing = new Spacing(1_000)
  const taken = Array.from({ length: 250 }, (_, i) => spacing.take(1, 'query_online_status', i))
  expect(taken.filter(Boolean)).toHaveLength(200)
  expect(spacing.take(1, 'query_online_status', 1_000)).toBe(true)
  expect(spacing.take(1, 'query_online_status', 1_000.5)).toBe(false)
})

test('over HTTP the second call answers 60007, and arrivals show which was accepted', async () => {
  const emulator = await startTestEmulator({ spacingMs: 60_000 })
  const ask = async () => (await emulator.call('normal_push_trace', { PushID: 'x' })).ErrorCode
  expect(await ask()).toBe(0)
  expect(await ask()).toBe(60007)
  const { items } = await emulator.control('/arrivals')
  expect(items.map((one: { accepted: boolean; errorCode: number }) => [one.accepted, one.errorCode])).toEqual([
    [true, 0],
    [false, 60007],
  ])
  await emulator.stop()
})
