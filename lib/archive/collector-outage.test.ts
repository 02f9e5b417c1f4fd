import { expect, test, vi } from 'vitest'
import { FAULT_KINDS, type FaultKind } from '@/emulator/protocol/faults'
import { MAX_EVENT_DELAY } from '@/emulator/world/outcome'
import { SeededRandom } from '@/emulator/world/random'
import { DAY, HORIZON, HORIZON_MARGIN, HOUR, REFRESH_EVERY } from '@/lib/contract/limits'
import { isBucket } from '@/lib/report/collect/plan-buckets'
import { dose, figure } from '@/lib/testing/dose'
import { openProtocolEnv, type ProtocolEnv } from './testing/protocol-env'
import { allHeld, type Held, judge } from './testing/truth'

/** A shorter horizon of statistics makes a smaller world of the same kind. */
vi.mock('@/lib/contract/limits', async (original) => {
  const limits = await original<typeof import('@/lib/contract/limits')>()
  const { dose } = await import('@/lib/testing/dose')
  return { ...limits, HORIZON: { ...limits.HORIZON, statistics: dose(10, 30) * limits.DAY } }
})

const OUTAGE = 6 * DAY
/** Faults with wrong answers now and right answers later. */
const WRONG_ANSWERS: FaultKind[] = FAULT_KINDS.filter((kind) => ['duplicateRows', 'late', 'decreasing'].includes(kind))
/** Steps of the days after, in hours. Short at first, so that much is fetched, and fetched wrongly, while it grows. */
const AFTERWARDS = [1, 4, 20, 50]
/** A window fetched this long before the horizon is fetched once more: the refresh interval plus one step. */
const IN_TIME = REFRESH_EVERY + 50 * HOUR
const SEEDS = Array.from({ length: dose(4, 200) }, (_, i) => i + 1)

const windowKey = ({ source, metric, window }: Held) => `${source} ${metric} ${window.from} ${window.to}`
const edge = (metric: Held['metric'], at: number) => at - HORIZON[metric] + HORIZON_MARGIN

test.each(SEEDS)(
  'after an outage of six days everything still available is stored, and the rest is reported as lost (seed %i)',
  async (seed) => {
    const dice = new SeededRandom(seed)
    const lag = seed % 4 === 3 ? 'day' : 'none'
    const env = await openProtocolEnv({ seed, users: 60, switches: { countBy: seed % 2 ? 'sending' : 'event', lag } })
    try {
      const cut = dice.int(20, 400)
      await env.collect((calls) => calls >= cut)
      env.jump(OUTAGE + dice.int(0, 12 * HOUR))
      const back = env.clock.dataS()
      for (const hours of AFTERWARDS) {
        for (const kind of hours < 20 ? WRONG_ANSWERS : []) env.break({ kind, endpoint: '*', times: dice.int(0, 30) })
        await env.collect()
        env.mend()
        env.jump(hours * HOUR)
      }
      await env.collect()
      const held = (await allHeld(env)).filter(({ window }) => isBucket(window, env.app.utcOffsetMin))
      // A wrong answer with the same content, such as half a row twice, counts as right.
      const stillWrong = judge(env).wrong(held.filter((one) => env.wronglyAnswered.has(windowKey(one))))
      const isStillWrong = (one: Held) => stillWrong.includes(one)
      // A window fetched after its last event is final. One hour is left for the calls.
      const grown = env.clock.dataS() - 1.5 * (MAX_EVENT_DELAY + (lag === 'day' ? DAY : 0)) - HOUR
      const isGrown = ({ metric, window }: Held) => window.from >= edge(metric, back) && window.to <= grown
      const settled = held.filter((one) => isGrown(one) && !isStillWrong(one))
      expect(settled.length).toBeGreaterThan(400)
      expect(judge(env).outdated(settled, env.clock.dataS()).map(windowKey)).toEqual([])
      const others = held.filter((one) => !isGrown(one) && !isStillWrong(one))
      expect(judge(env).wrong(others).map(windowKey)).toEqual([])
      // Every wrong answer was fetched again, unless the horizon passed first.
      const late = stillWrong.filter(({ metric, window }) => window.from > edge(metric, window.fetchedAt) + IN_TIME)
      expect(late.map(windowKey)).toEqual([])
      const lost = await lostOf(env, held, back)
      const sums = {
        'windows held': held.length,
        'equal the final truth': settled.length,
        'hours lost and reported': lost,
      }
      figure(
        'worlds',
        JSON.stringify({ ...sums, 'answered wrongly the last time Tencent could be asked': stillWrong.length }),
      )
    } finally {
      await env.close()
    }
  },
  300_000,
)

/** Every hour that is not stored is reported as lost and was beyond the horizon after the outage. */
async function lostOf(env: ProtocolEnv, held: Held[], back: number): Promise<number> {
  let lost = 0
  for (const { source, metric, gaps, pending } of await env.archive.progress(env.app)) {
    expect(pending).toBe(0)
    const own = held.filter((one) => one.source === source && one.metric === metric)
    const begins = new Set(
      own.filter(({ window }) => window.to - window.from === HOUR).map(({ window }) => window.from),
    )
    const absent: number[] = []
    const first = Math.ceil(edge(metric, env.app.createdAt) / HOUR) * HOUR
    for (let from = first; from + HOUR <= env.clock.dataS(); from += HOUR) if (!begins.has(from)) absent.push(from)
    const hours = ({ from, to }: { from: number; to: number }) =>
      Array.from({ length: (to - from) / HOUR }, (_, i) => from + i * HOUR)
    expect(gaps.flatMap(hours)).toEqual(absent)
    expect(Math.max(...absent)).toBeLessThan(edge(metric, back))
    lost += absent.length
  }
  return lost
}
