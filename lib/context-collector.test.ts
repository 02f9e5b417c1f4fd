import { expect, test } from 'vitest'
import type { Archive } from './archive/archive'
import { standingOf } from './context-collector'
import { DAY, HORIZON } from './contract/limits'
import type { AppRow } from './store/people/apps'

const NOW = 1_795_000_000
const collector = { start() {}, stop: async () => {}, lagMs: () => 90_400 }
const progress = {
  source: 'task',
  metric: 'loss',
  held: 0,
  expected: 1,
  lost: 0,
  pending: 1,
  gaps: [],
  etaMs: 0,
} as const

async function standing(nextLossAt: number | null, connectedAt: number) {
  const app = { id: 'a', createdAt: connectedAt } as AppRow
  const archive = { progress: async () => [{ ...progress, nextLossAt }] } as unknown as Archive
  return standingOf(
    { store: { apps: { get: async () => app } as never }, archive, clock: { dataS: () => NOW } },
    collector,
  ).standing('a')
}

test('an hour since the app was connected that is about to be forgotten is told', async () => {
  expect(await standing(NOW + DAY, NOW - 2 * HORIZON.loss)).toEqual({ lagS: 90, toLossS: DAY })
})

test('the first fill’s hours on the edge of the horizon alarm nobody', async () => {
  expect(await standing(NOW + 60, NOW)).toEqual({ lagS: 90, toLossS: null })
  expect(await standing(null, NOW)).toEqual({ lagS: 90, toLossS: null })
})
