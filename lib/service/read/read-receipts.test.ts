import { expect, test } from 'vitest'
import { HOUR } from '@/lib/contract/limits'
import type { Store } from '@/lib/store/store'
import { clockAt } from '@/lib/testing/clock'
import { createCaches } from './caches'
import { readReceipts } from './read-receipts'

function openReader() {
  let nowS = 1_795_000_000
  let reads = 0
  const daily = {
    within: async () => {
      reads++
      return []
    },
  }
  const store = { daily, windows: { within: async () => [] } } as unknown as Store
  const clock = clockAt(() => nowS)
  const ctx = { store, clock, caches: createCaches(clock) }
  return {
    reads: () => reads,
    pass: (seconds: number) => {
      nowS += seconds
    },
    ask: (archiveRevision: number, id = '1') => readReceipts(ctx, { id, archiveRevision }, 'chat'),
  }
}

test('viewers within ten seconds share one result, although the archive changes', async () => {
  const { ask, pass, reads } = openReader()
  for (let revision = 1; revision < 9; revision++) {
    await ask(revision)
    pass(1)
  }
  expect(reads()).toBe(1)
  pass(2)
  await ask(9)
  expect(reads()).toBe(2)
})

test('viewers share one result for an hour while the archive does not change', async () => {
  const { ask, pass, reads } = openReader()
  await ask(1)
  pass(HOUR)
  await ask(1)
  expect(reads()).toBe(1)
  pass(1)
  await ask(1)
  expect(reads()).toBe(2)
})

test('another app, and another process, has its own result', async () => {
  const [one, other] = [openReader(), openReader()]
  await one.ask(1)
  await one.ask(1, '2')
  await other.ask(1)
  expect([one.reads(), other.reads()]).toEqual([2, 1])
})
