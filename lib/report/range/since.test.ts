import { describe, expect, test } from 'vitest'
import { sinceOf } from './since'

const NOW = Date.parse('2026-11-21T04:30:00Z') / 1_000
const iso = (text?: string, offset = 480) => new Date(sinceOf(text, offset, NOW) * 1_000).toISOString().slice(0, 16)

describe('the start of a problem', () => {
  test.each<[string, string | undefined, number, string]>([
    ['the default: yesterday at the app’s offset', undefined, 480, '2026-11-19T16:00'],
    ['the default at another offset', undefined, -210, '2026-11-20T03:30'],
    ['a day', '2026-11-20', 480, '2026-11-19T16:00'],
    ['a day with a time', '2026-11-20T20:00', 480, '2026-11-20T12:00'],
    ['an offset that is not a whole hour', '2026-11-20T20:00', 330, '2026-11-20T14:30'],
    ['a time before the statistics horizon is cut at the horizon', '2025-01-01', 480, '2026-10-22T04:30'],
  ])('%s', (_, text, offset, expected) => {
    expect(iso(text, offset)).toBe(expected)
  })

  test.each(['2026-02-30', '2026-11-20T24:30', '2026-11-21T13:00', '2026-11-22'])(
    '%s is refused with the field at fault',
    (text) => {
      expect(() => iso(text)).toThrow(expect.objectContaining({ code: 'bad_range', field: 'since' }))
    },
  )
})
