import { afterEach, describe, expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import { type House, heldCount, openHouse } from './house.test.help'
import { allHeld } from './truth.test.help'

let house: House
afterEach(() => house.end())

describe('the collector', () => {
  test('lets a person go before it: nobody waits for more than the call under way', async () => {
    house = await openHouse()
    const collector = house.collector()
    collector.start()
    await heldCount(house, 20)
    await house.control('/arrivals/reset', {})
    const { app, archive, now } = house
    const window = { from: now() - 5 * HOUR, to: now() - 60 }
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

  test('forgets exact windows a week after their last fetch, and keeps buckets', async () => {
    house = await openHouse()
    const { store, archive, now } = house
    const end = Math.floor(now() / HOUR) * HOUR
    const wanted = { app: house.upstreamApp(), source: 'chat' as const, metric: 'statistics' as const, tasks: [''] }
    const [exact, bucket] = [
      { from: end - 2 * HOUR, to: end },
      { from: end - HOUR, to: end },
    ]
    for (const window of [exact, bucket]) {
      const { tickets } = await archive.find({ ...wanted, window }, 'single')
      await Promise.all(tickets.map((ticket) => ticket.done))
    }
    await store.apps.setStopped(house.app.id, { code: 'upstream_credential', upstreamCode: null, at: now() })
    await house.jump(8 * DAY)
    const collector = house.collector()
    collector.start()
    await expect
      .poll(async () => (await allHeld(house)).map(({ window }) => window.from), { timeout: 5_000 })
      .toEqual([bucket.from])
    await collector.stop()
  })
})
