import { expect, test } from 'vitest'
import type { Switches } from '@/emulator/switches'
import { DAY, HORIZON, HORIZON_MARGIN, HOUR } from '@/lib/contract/limits'
import { dose, figure } from '@/lib/testing/dose'
import { NOW, openQuickHouse } from './testing/protocol-env'
import { allHeld, judge } from './testing/truth'

type World = Pick<Switches, 'countBy' | 'lag' | 'endTime' | 'grain' | 'totalsDisagree' | 'nestedLoss'>

/** Every reading of what Tencent leaves open about windows, all of them with one another. */
const WORLDS = all<World>({
  countBy: ['sending', 'event'],
  lag: ['none', 'day'],
  endTime: ['exclusive', 'inclusive'],
  grain: ['minute', 'hour', 'day', 'second'],
  totalsDisagree: [false, true],
  nestedLoss: [false, true],
})
/** The first three with one another, the others as they come: each value is met twice at least. */
const FEW = WORLDS.filter((_, i) => i % 16 === ((i >> 4) * 13) % 16)

function all<T extends object>(choices: { [K in keyof T]: readonly T[K][] }): T[] {
  const names = Object.keys(choices) as (keyof T)[]
  return names.reduce<T[]>(
    (sofar, name) => sofar.flatMap((one) => choices[name].map((value) => ({ ...one, [name]: value }))),
    [{} as T],
  )
}

test.each(dose(FEW, WORLDS))(
  'what a first fill of 30 days holds is the truth, row by row: %o',
  async (switches) => {
    const house = await openQuickHouse({ switches, users: 200 })
    try {
      await house.collect()
      const held = await allHeld(house)
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
      expect(judge(house).wrong(held)).toEqual([])
      figure('readings', JSON.stringify({ 'windows equal the truth': held.length }))
    } finally {
      await house.end()
    }
  },
  300_000,
)
