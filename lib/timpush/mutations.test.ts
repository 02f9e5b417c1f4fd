import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Counts, Quarantined } from '@/lib/contract/records'
import { ENDPOINTS, type Endpoint } from '@/lib/contract/sources'
import { UpstreamError } from './errors'
import type { Answer } from './question'
import { questionOf, read, sample, sampleNames } from './testing/samples'

const RUNS = 20_000
const PATIENCE = { timeout: 120_000 }
const COUNT_FIELDS = {
  sendable: 'TotalCount',
  sent: 'SentCount',
  delivered: 'DeliveredCount',
  clicked: 'ClickCount',
} as const satisfies Record<keyof Counts, string>

const SAMPLES = sampleNames().map((name) => ({ name, raw: sample(name) }))
const endpointOf = (name: string) => ENDPOINTS.find((endpoint) => name.startsWith(endpoint))

/** Returns the records, or null for an `UpstreamError`. Any other error fails the test. */
function outcomeOf(endpoint: Endpoint, raw: string): Answer | null {
  try {
    return read(questionOf(endpoint), raw)
  } catch (error) {
    if (error instanceof UpstreamError) return null
    throw error
  }
}

/** Counts the zeros of an answer by Tencent's field name. */
function zerosOf(answer: Answer | null): Record<string, number> {
  const zeros: Record<string, number> = {}
  const tally = (name: string, count: number | null) => {
    if (count === 0) zeros[name] = (zeros[name] ?? 0) + 1
    else expect(count === null || (Number.isSafeInteger(count) && count > 0)).toBe(true)
  }
  if (answer?.kind === 'statistics') {
    const counts = answer.results.flatMap((result) => [result.total, ...result.rows])
    for (const each of counts) for (const step of STEPS) tally(COUNT_FIELDS[step], each[step])
  }
  if (answer?.kind === 'loss')
    for (const row of answer.results.flatMap((result) => result.rows)) tally('ErrCount', row.count)
  return zeros
}
const STEPS = ['sendable', 'sent', 'delivered', 'clicked'] as const

/** Counts how often a text sets that field to zero, in any notation. */
function writtenZeros(raw: string, name: string): number {
  return raw.match(new RegExp(`"${name}"\\s*:\\s*(?:-?0(?:\\.0*)?(?:[eE][-+]?\\d*)?|"\\s*-?0+\\s*")`, 'g'))?.length ?? 0
}

const where = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const SCRAPS = [
  ',',
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  '\\',
  '0',
  '1',
  '-',
  '.',
  ' ',
  '\u0000',
  '\ufeff',
  'e-400',
  'e1',
  '""',
]
const VALUES = [
  'null',
  'true',
  '""',
  '"0"',
  '"x"',
  '{}',
  '[]',
  '[0]',
  '0',
  '0.0',
  '-0',
  '1e-400',
  '12',
  '"-1"',
  '9007199254740993',
  '"TotalCount"',
  '"Results"',
  '"PlatformStatistics"',
  '"ErrCount"',
  '"PushPlatform"',
  '"__proto__"',
  '"ErrorCode"',
]
const scrap = fc.oneof(fc.constantFrom('', ...SCRAPS), fc.string({ maxLength: 3 }))
const cut = fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(400) })
const edit = fc.oneof(
  { weight: 1, arbitrary: fc.record({ by: fc.constant('character' as const), at: where, cut, put: scrap }) },
  {
    weight: 8,
    arbitrary: fc.record({ by: fc.constant('value' as const), at: where, put: fc.constantFrom(...VALUES) }),
  },
)
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never

/** Edits characters anywhere, or replaces one whole value, so that many results are still JSON. */
function edited(raw: string, change: Edit): string {
  if (change.by === 'character') {
    const start = Math.floor(change.at * raw.length)
    return raw.slice(0, start) + change.put + raw.slice(start + change.cut)
  }
  const tokens: string[] = raw.match(/"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+|[\s\S]/g) ?? []
  const values = [...tokens.keys()].filter((index) => /^["\w-]/.test(tokens[index] ?? ''))
  const index = values[Math.floor(change.at * values.length)]
  return index === undefined ? change.put : tokens.with(index, change.put).join('')
}

test(
  `${RUNS} randomly mutated samples never crash the reader, and every zero it returns was in the text`,
  PATIENCE,
  () => {
    let understood = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...SAMPLES),
        fc.constantFrom(...ENDPOINTS),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        ({ name, raw }, anyEndpoint, edits) => {
          const endpoint = endpointOf(name) ?? anyEndpoint
          const mutant = edits.reduce(edited, raw)
          const answer = outcomeOf(endpoint, mutant)
          if (answer) understood++
          for (const [field, zeros] of Object.entries(zerosOf(answer))) {
            expect(zeros, `${field} in ${mutant}`).toBeLessThanOrEqual(writtenZeros(mutant, field))
          }
        },
      ),
      { numRuns: RUNS, seed: 20261120 },
    )
    // If nearly all mutants were rejected, the test would prove nothing about zeros.
    expect(understood).toBeGreaterThan(RUNS / 10)
  },
)

/** Values that JavaScript converts to 0, and other values that are not counts. */
const NOT_COUNTS: unknown[] = [
  null,
  '',
  ' ',
  false,
  true,
  [],
  [7],
  {},
  'abc',
  '-',
  '7a',
  '0x7',
  -7,
  1.5,
  'NaN',
  '०',
  { valueOf: 7 },
]
const placed = fc.tuple(fc.nat(), fc.constantFrom(...NOT_COUNTS, 'remove'))

test(
  `${RUNS} answers without zeros, with arbitrary values in place of counts, are read without zeros`,
  PATIENCE,
  () => {
    const zeroless = SAMPLES.filter(({ name }) => /_(statistics|loss)\..*json$/.test(name)).map(({ name, raw }) => ({
      name,
      raw: raw.replaceAll(/("(?:\w+Count)":\s*)0\b/g, '$17'),
    }))
    let noted = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...zeroless),
        fc.array(placed, { minLength: 1, maxLength: 12 }),
        ({ name, raw }, places) => {
          const value: unknown = JSON.parse(raw)
          for (const [at, put] of places) replaceLeaf(value, at, put)
          const answer = outcomeOf(endpointOf(name) ?? 'normal_push_loss', JSON.stringify(value))
          if (!answer) throw new Error('an answer with a valid envelope was rejected')
          expect(zerosOf(answer)).toEqual({})
          noted += answer.quarantined.length
          expect(answer.quarantined.every(isNote)).toBe(true)
        },
      ),
      { numRuns: RUNS, seed: 20261121 },
    )
    expect(noted).toBeGreaterThan(RUNS)
  },
)

/** Replaces the n-th value of the answer, except the envelope. */
function replaceLeaf(root: unknown, n: number, put: unknown): void {
  const slots: { holder: Record<string, unknown>; name: string }[] = []
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    const holder = value as Record<string, unknown>
    for (const name of Object.keys(holder)) {
      if (['ActionStatus', 'ErrorCode', 'ErrorInfo'].includes(name)) continue
      slots.push({ holder, name })
      walk(holder[name])
    }
  }
  walk(root)
  const slot = slots[n % Math.max(slots.length, 1)]
  if (!slot) return
  if (put === 'remove' && !Array.isArray(slot.holder)) delete slot.holder[slot.name]
  else slot.holder[slot.name] = structuredClone(put)
}

function isNote({ path, problem }: Quarantined): boolean {
  return typeof path === 'string' && problem.length > 0 && problem.length < 80
}
