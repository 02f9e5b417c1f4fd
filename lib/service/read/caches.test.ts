import { AsyncLocalStorage } from 'node:async_hooks'
import { LRUCache } from 'lru-cache'
import { expect, test } from 'vitest'
import { clockAt } from '@/lib/testing/clock'
import type { UpstreamError } from '@/lib/timpush/errors'
import { createCaches } from './caches'
import { shareWithinSecond } from './share-within-second'

const refusal = { code: 'upstream_unknown_user' } as UpstreamError

function open() {
  const time = { nowS: 1_795_000_000 }
  return { time, caches: createCaches(clockAt(() => time.nowS)) }
}

test('a full cache drops its oldest entry and keeps the others', () => {
  const { refusedTraces } = open().caches
  for (let i = 0; i <= refusedTraces.max; i++) refusedTraces.set(`app ${i}`, refusal)
  expect([refusedTraces.size, refusedTraces.has('app 0'), refusedTraces.has('app 1')]).toEqual([
    refusedTraces.max,
    false,
    true,
  ])
})

test('a refusal is forgotten after ten minutes of the data’s time, however often it is read', () => {
  const { caches, time } = open()
  caches.refusedTraces.set('app user', refusal)
  time.nowS += 599
  expect(caches.refusedTraces.get('app user')).toBe(refusal)
  time.nowS += 2
  expect(caches.refusedTraces.get('app user')).toBeUndefined()
})

test('an online status is forgotten after half a minute', () => {
  const { caches, time } = open()
  caches.presences.set('app person', { state: 'online', platforms: [], atS: time.nowS })
  time.nowS += 29
  expect(caches.presences.get('app person')?.state).toBe('online')
  time.nowS += 2
  expect(caches.presences.get('app person')).toBeUndefined()
})

test('every cache has a size and a time', () => {
  const { outside: _, ...caches } = open().caches
  for (const cache of Object.values(caches)) {
    expect([cache.max > 0, cache.ttl > 0]).toEqual([true, true])
  }
})

test('what requests share is made outside of the request that asks first, so that no cache holds a request', async () => {
  const clock = clockAt(() => 1_795_000_000)
  const ctx = { clock, caches: createCaches(clock) }
  const request = new AsyncLocalStorage<string>()
  const make = async () => request.getStore() ?? 'no request'
  const cache = new LRUCache<string, Promise<string>>({ max: 1 })
  expect(await request.run('a request', () => shareWithinSecond(ctx, cache, 'key', { make }))).toBe('no request')
})
