import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CodedLoss, type SplitRow, splitByCode, splitRate } from './split'

const counts = fc.record({ sendable: fc.nat(5_000), sent: fc.nat(5_000), delivered: fc.nat(5_000) })
const rows = fc.array(fc.record({ now: counts, before: counts }), { minLength: 1, maxLength: 9 })
const named = (all: Pick<SplitRow, 'now' | 'before'>[]): SplitRow[] =>
  all.map((row, i) => ({ vendor: `platform_${i}`, channel: null, ...row }))
const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + part, 0)

test('mix and vendors add up to the change of the rate, whatever the counts', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom('send' as const, 'delivery' as const), (given, kind) => {
      const split = splitRate(kind, named(given))
      const [whole, part] = kind === 'send' ? (['sendable', 'sent'] as const) : (['sent', 'delivered'] as const)
      const total = (side: 'now' | 'before', of: 'sendable' | 'sent' | 'delivered') =>
        sum(given.map((row) => row[side][of]))
      if (total('now', whole) === 0 || total('before', whole) === 0) return split === null
      const rate = (side: 'now' | 'before') => total(side, part) / total(side, whole)
      expect(split?.change).toBeCloseTo(rate('now') - rate('before'), 9)
      expect((split?.mix ?? 0) + sum((split?.vendors ?? []).map((one) => one.rate))).toBeCloseTo(split?.change ?? 0, 9)
    }),
    { numRuns: 1_000 },
  )
})

test('the same rates with other shares are all mix, and the same shares with other rates are none', () => {
  const side = (a: [number, number], b: [number, number]) =>
    [a, b].map(([sent, delivered]) => ({ sendable: sent, sent, delivered }))
  const split = (now: ReturnType<typeof side>, before: ReturnType<typeof side>) =>
    splitRate(
      'delivery',
      named(now.map((one, i) => ({ now: one, before: before[i] ?? { sendable: 0, sent: 0, delivered: 0 } }))),
    )
  const mixed = split(side([900, 810], [100, 50]), side([100, 90], [900, 450]))
  expect(mixed?.mix).toBeCloseTo(mixed?.change ?? 0, 9)
  expect(mixed?.pushes).toBe(1_000)
  expect(mixed?.change).toBeCloseTo(0.32, 9)
  const slower = split(side([500, 300], [500, 250]), side([500, 450], [500, 250]))
  expect(slower?.mix).toBeCloseTo(0, 9)
  expect(slower?.vendors[0]).toMatchObject({ vendor: 'platform_0' })
  expect(slower?.vendors[0]?.rate).toBeCloseTo(-0.15, 9)
})

test('neither period is preferred: the other way round every part has the other sign', () => {
  const given = named([
    { now: { sendable: 900, sent: 900, delivered: 300 }, before: { sendable: 100, sent: 100, delivered: 90 } },
    { now: { sendable: 100, sent: 100, delivered: 70 }, before: { sendable: 900, sent: 900, delivered: 450 } },
  ])
  const back = given.map(({ now, before, ...place }) => ({ ...place, now: before, before: now }))
  const [there, home] = [splitRate('delivery', given), splitRate('delivery', back)]
  expect(there?.mix).toBeCloseTo(-(home?.mix ?? Number.NaN), 9)
  expect(there?.mix).not.toBeCloseTo(0, 2)
})

test('an unknown count makes no split', () => {
  const known = { sendable: 10, sent: 9, delivered: 8 }
  expect(splitRate('delivery', named([{ now: known, before: { ...known, delivered: null } }]))).toBeNull()
})

test('codes and the unexplained part add up to the change of a vendor’s rate', () => {
  const loss = fc
    .record({
      sent: fc.integer({ min: 1, max: 5_000 }),
      lost: fc.nat(5_000),
      codes: fc.dictionary(fc.constantFrom('1', '16', '10302'), fc.nat(500)),
    })
    .map(({ codes, ...one }): CodedLoss => ({ ...one, codes: new Map(Object.entries(codes)) }))
  fc.assert(
    fc.property(loss, loss, (now, before) => {
      const rate = ({ sent, lost }: CodedLoss) => 1 - lost / sent
      const parts = splitByCode(now, before) ?? []
      expect(sum(parts.map(({ change }) => change))).toBeCloseTo(rate(now) - rate(before), 9)
      expect(parts.filter(({ code }) => code === null)).toHaveLength(1)
    }),
  )
})
