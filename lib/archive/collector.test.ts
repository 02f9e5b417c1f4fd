import { afterEach, describe, expect, test } from 'vitest'
import { HOUR } from '@/lib/contract/limits'
import { heardStanding } from './standing'
import { type House, heldCount, openHouse } from './testing/network-env'
import { allHeld } from './testing/truth'

let house: House
afterEach(() => house.end())

describe('the collector', () => {
  test('lets a person go before it: nobody waits for more than the call under way', async () => {
    house = await openHouse()
    const collector = house.collector()
    collector.start()
    await heldCount(house, 20)
    await house.control('/arrivals/reset', {})
    const { app, archive, clock } = house
    const window = { from: clock.dataS() - 5 * HOUR, to: clock.dataS() - 60 }
    const wanted = {
      app: house.upstreamApp(),
      source: 'chat' as const,
      metric: 'statistics' as const,
      tasks: [''],
      window,
    }
    const before = await house.calls('normal_push_statistics')
    const { tickets } = await archive.find(wanted, 'single')
    expect(tickets.map((ticket) => ticket.place())).toEqual([1])
    await Promise.all(tickets.map((ticket) => ticket.done))
    expect((await archive.held(wanted)).size).toBe(1)
    expect((await house.calls('normal_push_statistics')) - before).toBeLessThanOrEqual(2)
    expect((await archive.progress(app)).some(({ pending }) => pending > 0)).toBe(true)
    // A first fill has much to do, and is late with nothing.
    expect(collector.lagMs(app.id)).toBeLessThan(60_000)
    await collector.stop()
  })

  test('fetches statistics and losses of one bucket together', async () => {
    house = await openHouse()
    const collector = house.collector()
    collector.start()
    await heldCount(house, 120)
    await collector.stop()
    await house.gateway.stop()
    const held = (await allHeld(house)).filter(({ source }) => source === 'task')
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

  test('stops cleanly and asks for nothing afterwards', async () => {
    house = await openHouse()
    const collector = house.collector()
    collector.start()
    await heldCount(house, 10)
    await collector.stop()
    await house.gateway.stop()
    const before = (await allHeld(house)).length
    await new Promise((resolve) => setImmediate(resolve))
    expect((await allHeld(house)).length).toBe(before)
  })

  test('goes on with statistics where losses fail, and holds nothing of what failed', async () => {
    house = await openHouse()
    await house.control('/faults', { kind: 'code', code: 90045, endpoint: 'normal_push_loss' })
    await house.control('/faults', { kind: 'code', code: 90045, endpoint: 'all_member_push_loss' })
    const collector = house.collector()
    collector.start()
    await heldCount(house, 100)
    await collector.stop()
    expect((await allHeld(house)).filter(({ metric }) => metric === 'loss')).toEqual([])
  })

  test('rests while it is paused, and says so to nobody as being late', async () => {
    house = await openHouse()
    await house.store.apps.setPaused(house.app.id, house.clock.dataS())
    const collector = house.collector()
    collector.start()
    await house.jump(3 * HOUR)
    await expect.poll(() => heardStanding(house.store.settings, house.clock.dataS()), { timeout: 5_000 }).not.toBeNull()
    expect((await heardStanding(house.store.settings, house.clock.dataS()))?.lagS).toEqual({})
    expect(await allHeld(house)).toEqual([])
    await house.store.apps.setPaused(house.app.id, null)
    await heldCount(house, 5)
    await collector.stop()
  })
})
