import { LRUCache } from 'lru-cache'
import { beforeEach, expect, test, vi } from 'vitest'
import { clockAt } from '@/lib/testing/clock'
import { createCaches } from './caches'
import { type Kept, type KeptValues, readKept } from './kept-values'

interface Task {
  taskId: string
}

const tasks = (count: number): Task[] => Array.from({ length: count }, (_, i) => ({ taskId: `t${i}` }))

let nowS: number
let parts: number[]
/** What each computation gives. */
let value: number
let fails: boolean

beforeEach(() => {
  ;[nowS, parts, value, fails] = [1_795_000_000, [], 1, false]
})

function open(max = 1_000) {
  const clock = clockAt(() => nowS)
  const values: KeptValues<Task, number> = {
    name: 'numbers',
    cache: new LRUCache<string, Kept<number>>({ max }),
    keyOf: ({ taskId }) => taskId,
    agesOf: () => ({ fresh: 30, usable: 100 }),
    async compute(part) {
      if (fails) throw new Error('database is locked')
      parts.push(part.length)
      const now = value
      return () => now
    },
  }
  const ctx = { clock, caches: createCaches(clock) }
  const read = async (count: number) => [...(await readKept(ctx, values, tasks(count))).values()]
  const idle = () => vi.waitFor(() => expect(ctx.caches.turns.size).toBe(0))
  return { read, idle }
}

test('values are computed once, in parts', async () => {
  const { read } = open()
  expect(await read(250)).toEqual(Array(250).fill(1))
  value = 2
  expect(await read(251)).toEqual([...Array(250).fill(1), 2])
  expect(parts).toEqual([100, 100, 50, 1])
})

test('a value that is no longer fresh is returned, and the next reader gets a new one', async () => {
  const { read, idle } = open()
  await read(2)
  value = 2
  nowS += 31
  expect(await read(2)).toEqual([1, 1])
  await idle()
  expect(await read(2)).toEqual([2, 2])
  value = 3
  nowS += 101
  expect(await read(2)).toEqual([3, 3])
})

test('readers at the same time compute each value once', async () => {
  const { read, idle } = open()
  expect(await Promise.all([read(150), read(200)])).toEqual([Array(150).fill(1), Array(200).fill(1)])
  expect(parts).toEqual([100, 50, 50])
  nowS += 31
  await Promise.all([read(200), read(200)])
  await idle()
  expect(parts.slice(3)).toEqual([100, 100])
})

test('a failure reaches who needs the value, and leaves one that is usable', async () => {
  const { read, idle } = open()
  fails = true
  const [first, second] = await Promise.allSettled([read(1), read(1)])
  expect([first.status, second.status]).toEqual(['rejected', 'rejected'])
  fails = false
  expect(await read(1)).toEqual([1])
  fails = true
  nowS += 31
  expect(await read(1)).toEqual([1])
  await idle()
  fails = false
  value = 2
  expect(await read(1)).toEqual([1])
  await idle()
  expect(await read(1)).toEqual([2])
})

test('all values are returned although the cache is smaller', async () => {
  expect(await open(10).read(150)).toEqual(Array(150).fill(1))
})
