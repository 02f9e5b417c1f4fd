import { expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { type FunnelQuery, funnelQuery } from '@/lib/contract/funnel'
import { lossesQuery } from '@/lib/contract/losses'
import { newApp } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { resolveFunnel, resolveLosses } from './resolve-question'

const ctx = { clock: clockAt(Date.parse('2026-11-19T04:03:20Z') / 1_000) }
const app = {
  ...newApp(),
  lanesMerged: false,
  stopped: null,
  pausedAt: null,
  spacingMs: null,
  byDay: false,
  draft: false,
  fillFrom: null,
  channelNames: {},
  archiveRevision: 0,
}
const reader = { kind: 'token', id: '1', name: 'reader', role: 'viewer', apps: [app.id] } as const

function intervalOf(query: Partial<Record<keyof FunnelQuery, string>>, { byDay = false, trend = true } = {}) {
  const scoped = authorize(reader, 'read', { ...app, byDay }, funnelQuery.parse(query))
  return resolveFunnel(ctx, scoped, { trend }).query.query.interval
}

const comparisonOf = (query: { range?: string; from?: string; compare?: string }, withComparison = true) =>
  resolveLosses(ctx, authorize(reader, 'read', app, lossesQuery.parse(query)), { withComparison }).query.query.compare

test('an app without hours gets days', () => {
  const queries = [{ range: 'today' }, { range: '24h', interval: 'hour' }]
  expect(queries.map((query) => intervalOf(query, { byDay: true }))).toEqual(['day', 'day'])
  expect(intervalOf({ range: '24h', interval: 'hour' }, { byDay: true, trend: false })).toBe('day')
})

test('a trend has hours up to two days and days above, unless an interval is chosen', () => {
  const short = [{ range: 'today' }, { range: 'yesterday' }, { range: '24h' }]
  expect(short.map((query) => intervalOf(query))).toEqual(['hour', 'hour', 'hour'])
  expect(intervalOf({ from: '2026-11-16', to: '2026-11-18' })).toBe('hour')
  expect(intervalOf({ from: '2026-11-15', to: '2026-11-18' })).toBe('day')
  expect([{}, { range: '30d' }].map((query) => intervalOf(query))).toEqual(['day', 'day'])
  expect(intervalOf({ range: '24h', interval: 'week' })).toBe('week')
})

test('the API has no interval unless one is chosen', () => {
  expect(intervalOf({ range: '24h' }, { trend: false })).toBe('none')
})

test('a range under a week is compared with the same weekday, a longer one with the previous period', () => {
  const short = [{ range: 'today' }, { range: '24h' }, { from: '2026-11-12' }]
  expect(short.map((query) => comparisonOf(query))).toEqual(['weekday', 'weekday', 'previous'])
  expect([{}, { range: '30d' }].map((query) => comparisonOf(query))).toEqual(['previous', 'previous'])
})

test('the overview is compared like the losses', () => {
  const comparedWith = (query: { range?: string; compare?: string }, withComparison = true) =>
    resolveFunnel(ctx, authorize(reader, 'read', app, funnelQuery.parse(query)), { withComparison }).query.query.compare
  expect([{ range: 'today' }, {}].map((query) => comparedWith(query))).toEqual(['weekday', 'previous'])
  expect(comparedWith({ compare: 'previous' }, false)).toBe('previous')
  expect(comparedWith({}, false)).toBe('none')
})

test('the API compares only if asked to', () => {
  expect(comparisonOf({ range: 'today' }, false)).toBe('none')
  expect(comparisonOf({ range: 'today', compare: 'previous' }, false)).toBe('previous')
})

test('the range is that of the clock, at the offset of the app', () => {
  const { nowS, range } = resolveFunnel(
    ctx,
    authorize(reader, 'read', app, funnelQuery.parse({ range: 'today' })),
  ).query
  expect([nowS, range.preset]).toEqual([ctx.clock.dataS(), 'today'])
  expect((range.from + app.utcOffsetMin * 60) % 86_400).toBe(0)
})
