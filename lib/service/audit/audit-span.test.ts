import { expect, test } from 'vitest'
import { auditSpan, spanOfDays } from './audit-span'

test.each([
  ['+08:00', 1_767_196_800],
  ['+05:30', 1_767_205_800],
  ['UTC', 1_767_225_600],
  ['Asia/Shanghai', 1_767_196_800],
])('days of a page in %s are whole days of that zone', (tz, start) => {
  const span = spanOfDays({ from: '2026-01-01', to: '2026-01-01' }, tz)
  expect(auditSpan(span)).toEqual({ from: start, to: start + 86_400 })
})

test('without days there is no limit, and other texts are refused', () => {
  expect(auditSpan(spanOfDays({}, 'UTC'))).toEqual({})
  expect(() => auditSpan(spanOfDays({ from: 'yesterday' }, 'UTC'))).toThrow('not a date')
})
