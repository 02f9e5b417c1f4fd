import { expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { type FunnelQuery, funnelQuery } from '@/lib/contract/funnel'
import { newApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { drawnInterval } from './default-interval'

const NOW = Date.parse('2026-11-19T04:03:20Z') / 1_000
const app = {
  ...newApp(),
  lanesMerged: false,
  stopped: null,
  pausedAt: null,
  spacingMs: null,
  byDay: false,
  archiveRevision: 0,
}

function drawn(query: Partial<Record<keyof FunnelQuery, string>>, byDay = false) {
  const reader = { kind: 'token', id: '1', name: 'reader', role: 'viewer', app: app.id } as const
  return drawnInterval({ clock: clockAt(NOW) }, authorize(reader, 'read', { ...app, byDay }, funnelQuery.parse(query)))
}

test('where hours are not kept, none are drawn', () => {
  expect([{ range: 'today' }, { range: '24h', interval: 'hour' }].map((query) => drawn(query, true))).toEqual([
    'day',
    'day',
  ])
})

test('up to two days are drawn by the hour, longer ranges by the day, and what is chosen as chosen', () => {
  expect([{ range: 'today' }, { range: 'yesterday' }, { range: '24h' }].map((query) => drawn(query))).toEqual([
    'hour',
    'hour',
    'hour',
  ])
  expect(drawn({ from: '2026-11-16', to: '2026-11-18' })).toBe('hour')
  expect(drawn({ from: '2026-11-15', to: '2026-11-18' })).toBe('day')
  expect([{}, { range: '30d' }].map((query) => drawn(query))).toEqual(['day', 'day'])
  expect(drawn({ range: '24h', interval: 'week' })).toBe('week')
})
