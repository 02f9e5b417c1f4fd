import { describe, expect, test } from 'vitest'
import { withShares } from './loss-shares'

const line = (explained: number | null, count = explained) => ({ count, explained })
const shares = (counts: (number | null)[], lost: number | null, unexplained: number | null) => {
  const { lines, rest } = withShares(
    counts.map((count) => line(count)),
    { lost, unexplained },
  )
  return { lines: lines.map(({ share, cumulative }) => [share, cumulative]), rest }
}

describe('the unexplained part of the loss', () => {
  test('stands in its place by size, and the lines below it count it', () => {
    expect(shares([50, 10], 100, 40)).toEqual({
      lines: [
        [0.5, 0.5],
        [0.1, 1],
      ],
      rest: { at: 1, count: 40, share: 0.4, cumulative: 0.9 },
    })
  })

  test('is last where it is smallest, and first where it is largest', () => {
    expect(shares([60, 30], 100, 10).rest).toMatchObject({ at: 2, cumulative: 1 })
    expect(shares([10], 100, 90)).toMatchObject({ lines: [[0.1, 1]], rest: { at: 0, cumulative: 0.9 } })
  })

  test('is before known reasons, however large they are', () => {
    const known = { ...line(50), known: true }
    const { rest } = withShares(
      [{ ...line(40), known: false }, known],
      { lost: 100, unexplained: 10 },
      (one) => one.known,
    )
    expect(rest).toMatchObject({ at: 1, cumulative: 0.5 })
  })

  test.each([[0], [-31], [null]])('of %o is no line', (unexplained) => {
    expect(shares([131], 100, unexplained).rest).toBeNull()
  })
})

test('shares are of the codes where they exceed the loss; a line outside the loss has none', () => {
  expect(shares([90, 60], 100, -50).lines).toEqual([
    [0.6, 0.6],
    [0.4, 1],
  ])
  expect(withShares([line(0, 30), line(null, 5)], { lost: 10, unexplained: 10 }).lines).toMatchObject([
    { share: null, cumulative: null },
    { share: null, cumulative: null },
  ])
})
