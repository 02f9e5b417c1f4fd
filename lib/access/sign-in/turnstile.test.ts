import { expect, test } from 'vitest'
import { turnstile } from './turnstile'

/** Works that end when told to, and a note of who is inside. */
function crowd(width: number, depth: number) {
  const pass = turnstile(width, depth)
  const inside = new Set<number>()
  const order: number[] = []
  const ends = new Map<number, (fail?: Error) => void>()
  const come = (id: number) =>
    pass(async () => {
      inside.add(id)
      order.push(id)
      await new Promise<void>((go, stop) => ends.set(id, (fail) => (fail ? stop(fail) : go())))
      inside.delete(id)
      return id
    })
  return { come, inside, order, end: (id: number, fail?: Error) => ends.get(id)?.(fail) }
}

test('no more than its width are inside, the others in the order they came', async () => {
  const { come, inside, order, end } = crowd(2, 10)
  const all = [1, 2, 3, 4].map(come)
  expect([...inside]).toEqual([1, 2])
  end(2)
  await all[1]
  await expect.poll(() => [...inside]).toEqual([1, 3])
  end(1)
  end(3)
  await expect.poll(() => [...inside]).toContain(4)
  end(4)
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4])
  expect(order).toEqual([1, 2, 3, 4])
})

test('beyond those in line the next is refused at once', async () => {
  const { come, inside, end } = crowd(1, 1)
  const all = [come(1), come(2)]
  await expect(come(3)).rejects.toMatchObject({ code: 'unavailable' })
  end(1)
  await all[0]
  const fourth = come(4)
  expect([...inside]).toEqual([2])
  end(2)
  await all[1]
  await expect.poll(() => end(4) ?? true).toBe(true)
  await fourth
})

test('a work that fails leaves its place to the next', async () => {
  const { come, inside, end } = crowd(1, 5)
  const [first, second] = [come(1), come(2)]
  end(1, new Error('broken'))
  await expect(first).rejects.toThrow('broken')
  await expect.poll(() => inside.has(2)).toBe(true)
  end(2)
  expect(await second).toBe(2)
})
