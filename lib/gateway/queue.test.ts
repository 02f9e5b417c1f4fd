import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Queue } from './queue'
import { createQueuedRequest, PRIORITIES, type QueuedRequest } from './queued-request'
import { question, requestFor } from './testing/gateway-env'

let order = 0
const request = (priority: (typeof PRIORITIES)[number], change: Parameters<typeof requestFor>[2] = {}): QueuedRequest =>
  createQueuedRequest(`${order}`, requestFor(order, priority, change), ++order)

function filled(...requests: QueuedRequest[]): Queue {
  const queue = new Queue()
  for (const one of requests) queue.add(one)
  return queue
}

describe('the queue of a lane', () => {
  test('is sorted by priority and then by order, whatever the order of insertion', () => {
    const some = fc.array(fc.tuple(fc.constantFrom(...PRIORITIES), fc.integer({ min: 0, max: 20 })), { maxLength: 40 })
    fc.assert(
      fc.property(some, (list) => {
        const requests = list.map(([priority, place]) => ({ ...request(priority), order: place }))
        const queue = filled(...requests)
        const sorted = [...requests].sort((a, b) => a.rank - b.rank || a.order - b.order)
        expect(queue.drain(() => true)).toEqual(sorted)
        expect(queue.size).toBe(0)
      }),
    )
  })

  test('counts places from 1 and returns null for a request that does not wait in it', () => {
    const [fill, single, newest] = [request('fill'), request('single'), request('newest')]
    const queue = filled(fill, single, newest)
    expect([single, newest, fill].map((one) => queue.placeOf(one))).toEqual([1, 2, 3])
    expect(queue.placeOf(request('single'))).toBeNull()
    expect([queue.remove(newest), queue.remove(newest)]).toEqual([true, false])
    expect(queue.placeOf(fill)).toBe(2)
  })

  test('takes the first request of an endpoint, even from behind others', () => {
    const trace = request('fill', { question: question(1, 'normal_push_trace') })
    const queue = filled(request('single'), trace)
    expect(queue.take('normal_push_trace')).toBe(trace)
    expect(queue.take('normal_push_trace')).toBeUndefined()
    expect(queue.size).toBe(1)
  })

  test('has an interactive request exactly when its head is one', () => {
    expect(new Queue().hasInteractive()).toBe(false)
    expect(filled(request('fill'), request('newest')).hasInteractive()).toBe(false)
    expect(filled(request('fill'), request('bulk')).hasInteractive()).toBe(true)
  })
})
