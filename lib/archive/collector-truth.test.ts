import { expect, test } from 'vitest'
import type { Switches } from '@/emulator/switches'
import { DAY, HORIZON, HORIZON_MARGIN, HOUR } from '@/lib/contract/limits'
import { dose, figure } from '@/lib/testing/dose'
import { NOW } from './testing/archive-env'
import { openProtocolEnv } from './testing/protocol-env'
import { allHeld, judge } from './testing/truth'

type World = Pick<Switches, 'countBy' | 'lag' | 'endTime' | 'grain' | 'totalsDisagree' | 'nestedLoss'>

/** Every combination of what Tencent leaves open about windows. */
const WORLDS = all<World>({
  countBy: ['sending', 'event'],
  lag: ['none', 'day'],
  endTime: ['exclusive', 'inclusive'],
  grain: ['minute', 'hour', 'day', 'second'],
  totalsDisagree: [false, true],
  nestedLoss: [false, true],
})
/** All combinations of the first three; of the others, every value occurs at least twice. */
const FEW = WORLDS.filter((_, i) => i % 16 === ((i >> 4) * 13) % 16)

function all<T extends object>(choices: { [K in keyof T]: readonly T[K][] }): T[] {
  const names = Object.keys(choices) as (keyof T)[]
  return names.reduce<T[]>(
    (sofar, name) => sofar.flatMap((one) => choices[name].map((value) => ({ ...one, [name]: value }))),
    [{} as T],
  )
}

test.each(dose(FEW, WORLDS))(
  'the first fill of 30 days matches the truth, row by row: %o',
  async (switches) => {
    const env = await openProtocolEnv({ switches, users: dose(80, 200) })
    try {
      await env.collect()
      const held = await allHeld(env)
      for (const metric of ['statistics', 'loss'] as const) {
        for (const source of ['task', 'chat'] as const) {
          const spans = held.filter((one) => one.source === source && one.metric === metric).map(({ window }) => window)
          const askable = HORIZON[metric] - HORIZON_MARGIN
          expect(spans.filter(({ from, to }) => to - from === HOUR)).toHaveLength(
            Math.floor((askable - (NOW % HOUR)) / HOUR),
          )
          expect(spans.filter(({ from, to }) => to - from === DAY)).toHaveLength(HORIZON[metric] / DAY - 1)
        }
      }
      expect(judge(env).wrong(held)).toEqual([])
      figure('readings', JSON.stringify({ 'windows equal the truth': held.length }))
    } finally {
      await env.close()
    }
  },
  300_000,
)
