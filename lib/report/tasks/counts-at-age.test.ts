import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import { countsAtAge } from './counts-at-age'

const SENT = 1_795_162_800
const at = (age: number) => ({ fetchedAt: SENT + age, counts: `at ${age}` })
const LATER = SENT + 60 * DAY
const asked = (age: number, ages: number[], nowS = LATER) => countsAtAge(ages.map(at), { sentAt: SENT, age, nowS })

test('returns the observation nearest to the age, with the age it was made at', () => {
  expect(asked(DAY, [23 * HOUR + 40, DAY + 25, DAY + HOUR])).toEqual({ counts: `at ${DAY + 25}`, age: DAY + 25 })
  expect(asked(6 * HOUR, [6 * HOUR - 60, 6 * HOUR + 200])?.age).toBe(6 * HOUR - 60)
})

test('returns null without an observation near that age, whatever was observed at others', () => {
  expect(asked(HOUR, [600, 2 * HOUR])).toBeNull()
  expect(asked(HOUR, [HOUR - 600])?.age).toBe(HOUR - 600)
  expect(asked(HOUR, [HOUR - 601])).toBeNull()
  expect(asked(7 * DAY, [6.2 * DAY])).toBeNull()
  expect(asked(7 * DAY, [6.4 * DAY])?.age).toBe(6.4 * DAY)
  expect(asked(DAY, [])).toBeNull()
})

test('returns null for a task that is younger, whatever was observed', () => {
  expect(asked(HOUR, [HOUR - 30], SENT + HOUR - 1)).toBeNull()
  expect(asked(HOUR, [HOUR - 30], SENT + HOUR)?.age).toBe(HOUR - 30)
})

test('no other observation is nearer, in any order', () => {
  const ages = fc.array(fc.integer({ min: 0, max: 40 * DAY }), { maxLength: 20 })
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 30 * DAY }), ages, (age, all) => {
      const off = (one: number) => Math.abs(one - age)
      const nearest = Math.min(...all.map(off))
      const found = asked(age, all)
      expect(found === null).toBe(nearest > Math.max(600, age / 10))
      if (found) expect(off(found.age)).toBe(nearest)
    }),
  )
})
