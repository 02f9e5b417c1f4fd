import { expect, test } from 'vitest'
import { createHashLimiter, type Turn } from './hash-limiter'

/** Tasks that end on demand, and a record of which of them run. */
function tasks(concurrency: number, queueSize: number) {
  const limit = createHashLimiter(concurrency, queueSize)
  const running = new Set<number>()
  const order: number[] = []
  const ends = new Map<number, (fail?: Error) => void>()
  const add = (id: number, turn?: Turn) =>
    limit(async () => {
      running.add(id)
      order.push(id)
      await new Promise<void>((resolve, reject) => ends.set(id, (fail) => (fail ? reject(fail) : resolve())))
      running.delete(id)
      return id
    }, turn)
  return { add, running, order, end: (id: number, fail?: Error) => ends.get(id)?.(fail) }
}

test('no more tasks than allowed run at once, and the others follow in order', async () => {
  const { add, running, order, end } = tasks(2, 10)
  const all = [1, 2, 3, 4].map((id) => add(id))
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

const from = (line: string, known = false, attempts = 0): Turn => ({ line, known, attempts })

test('addresses take turns, and known devices go first', async () => {
  const { add, order, end } = tasks(1, 20)
  const flood = [1, 2, 3, 4, 5].map((id) => add(id, from('flood')))
  const others = [add(6, from('a')), add(7, from('b')), add(8, from('device', true))]
  for (const id of [1, 8, 2, 6, 7, 3, 4, 5]) {
    await expect.poll(() => order.at(-1)).toBe(id)
    end(id)
  }
  await Promise.all([...flood, ...others])
})

test('an address that has tried little goes before those that have tried much', async () => {
  const { add, order, end } = tasks(1, 200)
  const flood = Array.from({ length: 50 }, (_, i) => add(i, from(`flood ${i}`, false, 20)))
  const fresh = add(99, from('fresh', false, 1))
  const device = add(100, from('device', true))
  for (const id of [0, 100, 99, 1]) {
    await expect.poll(() => order.at(-1)).toBe(id)
    end(id)
  }
  for (let id = 2; id < 50; id += 1) {
    await expect.poll(() => order.at(-1)).toBe(id)
    end(id)
  }
  await Promise.all([...flood, fresh, device])
})

test('a full queue takes its place from the longest line, and never from a known device', async () => {
  const { add, order, end } = tasks(1, 3)
  const running = add(0, from('flood'))
  const flood = [1, 2, 3].map((id) => add(id, from('flood')))
  const other = add(4, from('a'))
  await expect(flood[2]).rejects.toMatchObject({ code: 'unavailable' })
  await expect(add(5, from('flood'))).rejects.toMatchObject({ code: 'unavailable' })
  const device = add(6, from('device', true))
  await expect(flood[1]).rejects.toMatchObject({ code: 'unavailable' })
  await expect(add(7, from('flood'))).rejects.toMatchObject({ code: 'unavailable' })
  for (const id of [0, 6, 1, 4]) {
    await expect.poll(() => order.at(-1)).toBe(id)
    end(id)
  }
  await Promise.all([running, device, flood[0], other])
})
