import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tally } from './tally.mjs'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a thousand equal events are one line with their number, a minute after the first', () => {
  const lines: string[] = []
  const count = tally({ write: (line) => lines.push(line) })
  for (let i = 0; i < 1_000; i++) count('a client disconnected')
  count('a connection was refused')
  vi.advanceTimersByTime(59_999)
  expect(lines).toEqual([])
  vi.advanceTimersByTime(1)
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 30, msg: 'a client disconnected', count: 1_000 },
    { level: 30, msg: 'a connection was refused', count: 1 },
  ])
})

test('later events begin a new line', () => {
  const lines: string[] = []
  const count = tally({ write: (line) => lines.push(line) })
  count('a client disconnected')
  vi.advanceTimersByTime(60_000)
  count('a client disconnected')
  vi.advanceTimersByTime(60_000)
  expect(lines.map((line) => JSON.parse(line).count)).toEqual([1, 1])
})
