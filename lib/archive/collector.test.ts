import { afterEach, describe, expect, test } from 'vitest'
import { HOUR } from '@/lib/contract/limits'
import { readHeartbeat } from './heartbeat'
import { type NetworkEnv, openNetworkEnv, storedCount } from './testing/network-env'
import { allHeld } from './testing/truth'

const SINGLE = { priority: 'single', waiter: { principal: 'person:ann' } } as const

let env: NetworkEnv
afterEach(() => env.close())

describe('the collector', () => {
  test('lets people go first: nobody waits longer than for the call under way', async () => {
    env = await openNetworkEnv()
    const collector = env.collector()
    collector.start()
    await storedCount(env, 20)
    await env.control('/arrivals/reset', {})
    const { app, archive, clock } = env
    const window = { from: clock.dataS() - 5 * HOUR, to: clock.dataS() - 60 }
    const request = {
      app: env.upstreamApp(),
      source: 'chat' as const,
      metric: 'statistics' as const,
      tasks: [''],
      window,
    }
    const { tickets } = await archive.find(request, SINGLE)
    // On a busy machine the call has started already.
    expect(tickets.map((ticket) => ticket.place() ?? 1)).toEqual([1])
    const before = await env.calls('normal_push_statistics')
    await Promise.all(tickets.map((ticket) => ticket.done))
    expect((await archive.held(request)).size).toBe(1)
    expect((await env.calls('normal_push_statistics')) - before).toBeLessThanOrEqual(2)
    expect((await archive.progress(app)).some(({ pending }) => pending > 0)).toBe(true)
    // A first fill has much to do, but nothing of it is late.
    expect(collector.lagMs(app.id)).toBeLessThan(60_000)
    await collector.stop()
  })

  test('fetches statistics and losses of one bucket together', async () => {
    env = await openNetworkEnv()
    const collector = env.collector()
    collector.start()
    await storedCount(env, 120)
    await collector.stop()
    await env.gateway.stop()
    const held = (await allHeld(env)).filter(({ source }) => source === 'task')
    const pairs = held.flatMap((one) => {
      if (one.metric === 'statistics') return []
      const other = held.find(
        ({ metric, window }) =>
          metric === 'statistics' && window.from === one.window.from && window.to === one.window.to,
      )
      return [other ? Math.abs(other.window.fetchedAt - one.window.fetchedAt) : null]
    })
    expect(pairs.filter((gap) => gap !== null && gap <= 2).length).toBeGreaterThan(10)
  })

  test('stops cleanly and makes no request afterwards', async () => {
    env = await openNetworkEnv()
    const collector = env.collector()
    collector.start()
    await storedCount(env, 10)
    await collector.stop()
    await env.gateway.stop()
    const before = (await allHeld(env)).length
    await new Promise((resolve) => setImmediate(resolve))
    expect((await allHeld(env)).length).toBe(before)
  })

  test('continues with statistics when losses fail, and stores nothing of the failed calls', async () => {
    env = await openNetworkEnv()
    await env.control('/faults', { kind: 'code', code: 90045, endpoint: 'normal_push_loss' })
    await env.control('/faults', { kind: 'code', code: 90045, endpoint: 'all_member_push_loss' })
    const collector = env.collector()
    collector.start()
    await storedCount(env, 100)
    await collector.stop()
    expect((await allHeld(env)).filter(({ metric }) => metric === 'loss')).toEqual([])
  })

  test('makes no requests while it is paused, and does not report that as lag', async () => {
    env = await openNetworkEnv()
    await env.store.apps.setPaused(env.app.id, env.clock.dataS())
    const collector = env.collector()
    collector.start()
    await env.jump(3 * HOUR)
    await expect.poll(() => readHeartbeat(env.store.settings, env.clock.dataS()), { timeout: 5_000 }).not.toBeNull()
    expect((await readHeartbeat(env.store.settings, env.clock.dataS()))?.lagS).toEqual({})
    expect(await allHeld(env)).toEqual([])
    await env.store.apps.setPaused(env.app.id, null)
    await storedCount(env, 5)
    await collector.stop()
  })
})
