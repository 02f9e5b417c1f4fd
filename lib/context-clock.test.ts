import { expect, test } from 'vitest'
import { createClock, followDatabaseClock } from './context-clock'

/** Returns the clock of a machine after it was compared with a database, and what the log says. */
function machine() {
  const clock = createClock({ clockOffsetS: 0 })
  const warned: object[] = []
  const log = { warn: (fields: object) => void warned.push(fields) }
  const compare = (aheadMs: number | null) =>
    followDatabaseClock({ clock, log, databaseMs: async () => (aheadMs === null ? null : Date.now() - aheadMs) })
  const aheadMs = () => Date.now() - clock.wallMs()
  return { warned, compare, aheadMs }
}

test.each([300_000, -300_000])('a clock that is %d ms ahead is replaced by the clock of the database', async (ms) => {
  const { warned, compare, aheadMs } = machine()
  await compare(ms)
  await compare(ms)
  expect(Math.abs(aheadMs() - ms)).toBeLessThan(1_000)
  expect(warned).toEqual([{ differsS: ms / 1_000 }])
  await compare(0)
  expect(Math.abs(aheadMs())).toBeLessThan(5)
})

test('the way to the database is no difference, and SQLite has no other clock', async () => {
  const { warned, compare, aheadMs } = machine()
  await compare(800)
  await compare(null)
  expect(Math.abs(aheadMs())).toBeLessThan(5)
  expect(warned).toEqual([])
})
