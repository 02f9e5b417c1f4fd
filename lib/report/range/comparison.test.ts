import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import { comparisonOf } from './comparison'
import { resolveRange } from './range'

const NOW = Date.parse('2026-11-20T04:34:56Z') / 1_000
const hour = (at: number) => new Date(at * 1_000).toISOString().slice(0, 16)
const spans = (question: Parameters<typeof resolveRange>[0], kind: 'previous' | 'weekday') => {
  const range = resolveRange(question, { nowS: NOW, appOffsetMin: 480 })
  const { from, to } = comparisonOf(range, kind)
  return [hour(from), hour(to)]
}

describe('the range to compare with', () => {
  test.each([
    [{ range: '7d' } as const, 'previous', ['2026-11-05T16:00', '2026-11-12T16:00']],
    [{ range: '7d' } as const, 'weekday', ['2026-11-05T16:00', '2026-11-12T16:00']],
    [{ range: '30d' } as const, 'previous', ['2026-09-20T16:00', '2026-10-20T16:00']],
    [{ range: '30d' } as const, 'weekday', ['2026-09-15T16:00', '2026-10-15T16:00']],
    [{ range: 'yesterday' } as const, 'previous', ['2026-11-17T16:00', '2026-11-18T16:00']],
    [{ range: 'yesterday' } as const, 'weekday', ['2026-11-11T16:00', '2026-11-12T16:00']],
    // Today ends at the current minute, and so does the day it is compared with.
    [{ range: 'today' } as const, 'previous', ['2026-11-18T16:00', '2026-11-19T04:34']],
    // The archive keeps hours, so a rolling day is compared with a day on whole hours.
    [{ range: '24h' } as const, 'previous', ['2026-11-18T04:00', '2026-11-19T04:00']],
    [{ range: '24h' } as const, 'weekday', ['2026-11-12T04:00', '2026-11-13T04:00']],
  ] as const)('%o, %s', (question, kind, expected) => {
    expect(spans(question, kind)).toEqual(expected)
  })

  test('whole days stay whole days across a clock change', () => {
    const tz = 'Europe/Berlin'
    const range = resolveRange({ from: '2026-10-26', to: '2026-10-27', tz }, { nowS: NOW, appOffsetMin: 0 })
    expect(comparisonOf(range, 'previous').to - comparisonOf(range, 'previous').from).toBe(DAY + HOUR)
  })
})
