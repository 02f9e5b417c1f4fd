import { expect, test } from 'vitest'
import { createHashLimiter } from './hash-limiter'

/** Tasks that end on demand, and a record of which of them run. */
function tasks(concurrency: number, queueSize: number) {
  const limit = createHashLimiter(concurrency, queueSize)
  const running = new Set<number>()
  const order: number[] = []
  const ends = new Map<number, (fail?: Error) => void>()
  const add = (id: number) =>
    limit(async () => {
      running.add(id)
      order.push(id)
      await new Promise<void>((resolve, reject) => ends.set(id, (fail) => (fail ? reject(fail) : resolve())))
      running.delete(id)
      return id
    })
  return { add, running, order, end: (id: number, fail?: Error) => ends.get(id)?.(fail) }
}

test('no more tasks than allowed run at once, and the others follow in order', async () => {
  const { add, running, order, end } = tasks(2, 10)
  const all = [1, 2, 3, 4].map(add)
  await expect.poll(() => [...running]).toEqual([1, 2])
  end(2)
  await all[1]
  await expect.poll(() => [...running]).toEqual([1, 3])
  end(1)
  end(3)
  await expect.poll(() => [...running]).toContain(4)
  end(4)
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4])
  expect(order).toEqual([1, 2, 3, 4])
})

test('a task is refused at once when the queue is full', async () => {
  const { add, running, end } = tasks(1, 1)
  const all = [add(1), add(2)]
  await expect(add(3)).rejects.toMatchObject({ code: 'unavailable' })
  end(1)
  await all[0]
  const fourth = add(4)
  await expect.poll(() => [...running]).toEqual([2])
  end(2)
  await all[1]
  await expect.poll(() => end(4) ?? true).toBe(true)
  await fourth
})

test('a task that fails makes room for the next', async () => {
  const { add, running, end } = tasks(1, 5)
  const [first, second] = [add(1), add(2)]
  await expect.poll(() => running.has(1)).toBe(true)
  end(1, new Error('broken'))
  await expect(first).rejects.toThrow('broken')
  await expect.poll(() => running.has(2)).toBe(true)
  end(2)
  expect(await second).toBe(2)
})
