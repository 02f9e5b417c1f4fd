import { afterEach, expect, test } from 'vitest'
import { DAY, HORIZON, HORIZON_MARGIN, HOUR } from '@/lib/contract/limits'
import { type House, heldCount, openHouse, settled } from './house.test.help'
import { allHeld, judge } from './truth.test.help'

let house: House
afterEach(() => house.end())

const OUTAGE = 6 * DAY

test.each([2])(
  'after an outage in a first fill all that can be known is, and the rest is said to be lost (%i)',
  async (seed) => {
    house = await openHouse({ seed })
    const first = house.collector()
    first.start()
    await heldCount(house, 150 * seed)
    await first.stop()
    await house.jump(OUTAGE + seed * HOUR)
    const back = house.now()
    const second = house.collector()
    second.start()
    await settled(house)
    expect(second.lagMs()).toBe(0)
    for (const kind of ['duplicateRows', 'late', 'decreasing'])
      await house.control('/faults', { kind, times: 6, endpoint: '*' })
    await house.jump(3 * HOUR)
    await settled(house)
    await house.control('/faults/reset', {})
    await house.jump(2 * DAY)
    await settled(house)
    await second.stop()

    const held = await allHeld(house)
    const { wrong, outdated } = judge({ seed })
    expect(wrong(held)).toEqual([])
    // Counts grow for two days: what was fetched later than that is the last word.
    const settledOnes = held.filter(({ window }) => window.fetchedAt > window.to + 3 * DAY)
    expect(settledOnes.length).toBeGreaterThan(300)
    expect(outdated(settledOnes, house.now())).toEqual([])

    for (const { source, metric, gaps, pending } of await house.archive.progress(house.app)) {
      expect(pending).toBe(0)
      const hours = held.filter(
        (one) => one.source === source && one.metric === metric && one.window.to - one.window.from === HOUR,
      )
      const begins = new Set(hours.map(({ window }) => window.from))
      const edge = house.app.createdAt - HORIZON[metric] + HORIZON_MARGIN
      const absent: number[] = []
      for (let from = Math.ceil(edge / HOUR) * HOUR; from + HOUR <= house.now(); from += HOUR) {
        if (!begins.has(from)) absent.push(from)
      }
      expect(
        gaps.flatMap(({ from, to }) => Array.from({ length: (to - from) / HOUR }, (_, i) => from + i * HOUR)),
      ).toEqual(absent)
      expect(absent.length).toBeGreaterThan(0)
      // Lost is only what the upstream had forgotten when we came back.
      expect(Math.max(...absent)).toBeLessThan(back - HORIZON[metric] + HORIZON_MARGIN)
    }
  },
  120_000,
)
