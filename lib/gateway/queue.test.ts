import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEntry, type Entry, PRIORITIES } from './entry'
import { Queue } from './queue'
import { asking, question } from './testing/gateway-env'

let order = 0
const entry = (priority: (typeof PRIORITIES)[number], change: Parameters<typeof asking>[2] = {}): Entry =>
  createEntry(`${order}`, asking(order, priority, change), ++order)

function filled(...entries: Entry[]): Queue {
  const queue = new Queue()
  for (const one of entries) queue.add(one)
  return queue
}

describe('the queue of a lane', () => {
  test('is sorted by priority and then by order, in whatever order entries come', () => {
    const some = fc.array(fc.tuple(fc.constantFrom(...PRIORITIES), fc.integer({ min: 0, max: 20 })), { maxLength: 40 })
    fc.assert(
      fc.property(some, (list) => {
        const entries = list.map(([priority, place]) => ({ ...entry(priority), order: place }))
        const queue = filled(...entries)
        const sorted = [...entries].sort((a, b) => a.rank - b.rank || a.order - b.order)
        expect(queue.drain(() => true)).toEqual(sorted)
        expect(queue.size).toBe(0)
      }),
    )
  })

  test('counts places from one, and knows none for what does not wait in it', () => {
    const [fill, single, newest] = [entry('fill'), entry('single'), entry('newest')]
    const queue = filled(fill, single, newest)
    expect([single, newest, fill].map((one) => queue.placeOf(one))).toEqual([1, 2, 3])
    expect(queue.placeOf(entry('single'))).toBeNull()
    expect([queue.remove(newest), queue.remove(newest)]).toEqual([true, false])
    expect(queue.placeOf(fill)).toBe(2)
  })

  test('gives the first of an endpoint, also from behind others', () => {
    const trace = entry('fill', { question: question(1, 'normal_push_trace') })
    const queue = filled(entry('single'), trace)
    expect(queue.take('normal_push_trace')).toBe(trace)
    expect(queue.take('normal_push_trace')).toBeUndefined()
    expect(queue.size).toBe(1)
  })

  test('has people waiting when its head is one of theirs', () => {
    expect(new Queue().hasInteractive()).toBe(false)
    expect(filled(entry('fill'), entry('newest')).hasInteractive()).toBe(false)
    expect(filled(entry('fill'), entry('bulk')).hasInteractive()).toBe(true)
  })
})
