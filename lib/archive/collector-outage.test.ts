import { expect, test, vi } from 'vitest'
import { FAULT_KINDS, type FaultKind } from '@/emulator/protocol/faults'
import { MAX_EVENT_DELAY } from '@/emulator/world/outcome'
import { SeededRandom } from '@/emulator/world/random'
import { DAY, HORIZON, HORIZON_MARGIN, HOUR, REFRESH_EVERY } from '@/lib/contract/limits'
import { isBucket } from '@/lib/report/collect/plan-buckets'
import { dose, figure } from '@/lib/testing/dose'
import { openQuickHouse, type QuickHouse } from './testing/protocol-env'
import { allHeld, type Held, judge } from './testing/truth'

/** Fewer days of statistics make a smaller world of the same kind. */
vi.mock('@/lib/contract/limits', async (original) => {
  const limits = await original<typeof import('@/lib/contract/limits')>()
  const { dose } = await import('@/lib/testing/dose')
  return { ...limits, HORIZON: { ...limits.HORIZON, statistics: dose(10, 30) * limits.DAY } }
})

const OUTAGE = 6 * DAY
/** Answers that are wrong now and right later. */
const SPOILT: FaultKind[] = FAULT_KINDS.filter((kind) => ['duplicateRows', 'late', 'decreasing'].includes(kind))
/** Steps of the days after, in hours: short at first, so that much is fetched, and fetched wrongly, while it grows. */
const AFTERWARDS = [1, 4, 20, 50]
/** What is fetched this long before Tencent forgets it is fetched once more: the refresh, and a step of ours. */
const IN_TIME = REFRESH_EVERY + 50 * HOUR
const SEEDS = Array.from({ length: dose(20, 200) }, (_, i) => i + 1)

const keyOf = ({ source, metric, window }: Held) => `${source} ${metric} ${window.from} ${window.to}`
const edge = (metric: Held['metric'], at: number) => at - HORIZON[metric] + HORIZON_MARGIN

test.each(SEEDS)(
  'after an outage of six days all that can be known is, and the rest is said to be lost (seed %i)',
  async (seed) => {
    const dice = new SeededRandom(seed)
    const lag = seed % 4 === 3 ? 'day' : 'none'
    const house = await openQuickHouse({ seed, users: 60, switches: { countBy: seed % 2 ? 'sending' : 'event', lag } })
    try {
      const cut = dice.int(20, 400)
      await house.collect((asked) => asked >= cut)
      house.jump(OUTAGE + dice.int(0, 12 * HOUR))
      const back = house.clock.dataS()
      for (const hours of AFTERWARDS) {
        for (const kind of hours < 20 ? SPOILT : []) house.break({ kind, endpoint: '*', times: dice.int(0, 30) })
        await house.collect()
        house.mend()
        house.jump(hours * HOUR)
      }
      await house.collect()
      const held = (await allHeld(house)).filter(({ window }) => isBucket(window, house.app.utcOffsetMin))
      // A wrong answer that says the same, such as half a row twice, is as good as a right one.
      const spoilt = judge(house).wrong(held.filter((one) => house.spoilt.has(keyOf(one))))
      const isSpoilt = (one: Held) => spoilt.includes(one)
      // Who was fetched after the last event is final; an hour for the calls themselves.
      const grown = house.clock.dataS() - 1.5 * (MAX_EVENT_DELAY + (lag === 'day' ? DAY : 0)) - HOUR
      const isGrown = ({ metric, window }: Held) => window.from >= edge(metric, back) && window.to <= grown
      const settled = held.filter((one) => isGrown(one) && !isSpoilt(one))
      expect(settled.length).toBeGreaterThan(400)
      expect(judge(house).outdated(settled, house.clock.dataS()).map(keyOf)).toEqual([])
      const others = held.filter((one) => !isGrown(one) && !isSpoilt(one))
      expect(judge(house).wrong(others).map(keyOf)).toEqual([])
      // Whatever was answered wrongly was asked again, unless Tencent forgot it first.
      const late = spoilt.filter(({ metric, window }) => window.from > edge(metric, window.fetchedAt) + IN_TIME)
      expect(late.map(keyOf)).toEqual([])
      const lost = await lostOf(house, held, back)
      const sums = {
        'windows held': held.length,
        'equal the final truth': settled.length,
        'hours lost and told so': lost,
      }
      figure(
        'worlds',
        JSON.stringify({ ...sums, 'answered wrongly the last time Tencent could be asked': spoilt.length }),
      )
    } finally {
      await house.end()
    }
  },
  300_000,
)

/** Every hour that is not held is named as lost, was beyond the horizon when we came back, and is nowhere a zero. */
async function lostOf(house: QuickHouse, held: Held[], back: number): Promise<number> {
  let lost = 0
  for (const { source, metric, gaps, pending } of await house.archive.progress(house.app)) {
    expect(pending).toBe(0)
    const own = held.filter((one) => one.source === source && one.metric === metric)
    const begins = new Set(
      own.filter(({ window }) => window.to - window.from === HOUR).map(({ window }) => window.from),
    )
    const absent: number[] = []
    const first = Math.ceil(edge(metric, house.app.createdAt) / HOUR) * HOUR
    for (let from = first; from + HOUR <= house.clock.dataS(); from += HOUR) if (!begins.has(from)) absent.push(from)
    const hours = ({ from, to }: { from: number; to: number }) =>
      Array.from({ length: (to - from) / HOUR }, (_, i) => from + i * HOUR)
    expect(gaps.flatMap(hours)).toEqual(absent)
    expect(Math.max(...absent)).toBeLessThan(edge(metric, back))
    lost += absent.length
  }
  return lost
}
