import { expect, test } from 'vitest'
import type { Archive } from './archive/archive'
import { collectorStatus } from './context-collector'
import { DAY, HORIZON } from './contract/limits'
import type { AppRow } from './store/people/apps'

const NOW = 1_795_000_000
const collector = { start() {}, stop: async () => {}, look() {}, lagMs: () => 90_400 }
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

async function heartbeat(nextLossAt: number | null, connectedAt: number) {
  const app = { id: 'a', createdAt: connectedAt } as AppRow
  const archive = { progress: async () => [{ ...progress, nextLossAt }] } as unknown as Archive
  return collectorStatus(
    {
      store: { apps: { get: async () => app } as never, settings: { get: async () => null } as never },
      archive,
      clock: { dataS: () => NOW },
    },
    collector,
  ).heartbeat('a')
}

test('an hour that Tencent is about to forget is reported, if the app was connected by then', async () => {
  expect(await heartbeat(NOW + DAY, NOW - 2 * HORIZON.loss)).toEqual({ lagS: 90, toLossS: DAY })
})

test('hours of the first fill raise no alarm', async () => {
  expect(await heartbeat(NOW + 60, NOW)).toEqual({ lagS: 90, toLossS: null })
  expect(await heartbeat(null, NOW)).toEqual({ lagS: 90, toLossS: null })
})
