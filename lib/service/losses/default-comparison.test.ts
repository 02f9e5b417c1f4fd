import { expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { lossesQuery } from '@/lib/contract/losses'
import { newApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { drawnComparison } from './default-comparison'

const app = {
  ...newApp(),
  lanesMerged: false,
  stopped: null,
  pausedAt: null,
  spacingMs: null,
  byDay: false,
  archiveRevision: 0,
}
const reader = { kind: 'token', id: '1', name: 'reader', role: 'viewer', app: app.id } as const
const drawn = (query: { range?: string; from?: string }) =>
  drawnComparison(
    { clock: clockAt(Date.parse('2026-11-19T04:03:20Z') / 1_000) },
    authorize(reader, 'read', app, lossesQuery.parse(query)),
  )

test('ranges under a week are held against the same weekday, longer ones against the time before', () => {
  expect([{ range: 'today' }, { range: '24h' }, { from: '2026-11-12' }].map(drawn)).toEqual([
    'weekday',
    'weekday',
    'previous',
  ])
  expect([{}, { range: '30d' }].map(drawn)).toEqual(['previous', 'previous'])
})
