import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Pace, type Tries, verdictOn } from './retry-policy'
import { refusal } from './testing/gateway-env'

const pace: Pace = { baseMs: 1_000, spacingMs: 1_000, failures: 0, clean: 0 }
const tries: Tries = { attempts: 0, resigned: false, interactive: false }
const transient = refusal('transient', 'upstream_unreachable')

describe('what the end of a call means', () => {
  test('a pause is anything from nothing up to a bound that doubles with every failure, a minute at most', () => {
    const failures = fc.integer({ min: 0, max: 50 })
    fc.assert(
      fc.property(failures, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failed, random) => {
        const { lane } = verdictOn(transient, { ...pace, failures: failed }, tries, () => random)
        const bound = Math.min(60_000, 1_000 * 2 ** (failed + 1))
        expect(lane.pauseMs).toBe(Math.ceil(random * bound))
        expect(Number.isInteger(lane.pauseMs)).toBe(true)
        expect(lane.failures).toBe(failed + 1)
      }),
    )
  })

  test('the spacing never leaves its bounds, whatever comes', () => {
    const ends = fc.array(fc.constantFrom(null, transient, refusal('slow_down', 'upstream_too_fast', 60007)), {
      maxLength: 80,
    })
    fc.assert(
      fc.property(ends, (list) => {
        let now = pace
        for (const error of list) {
          const { lane, clean } = verdictOn(error, now, tries, () => 0.5)
          now = { ...now, spacingMs: lane.spacingMs, failures: lane.failures, clean }
          expect(now.spacingMs).toBeGreaterThanOrEqual(1_000)
          expect(now.spacingMs).toBeLessThanOrEqual(16_000)
        }
      }),
    )
  })

  test('failures do not make the spacing wider, and a slow-down is no pause', () => {
    expect(verdictOn(transient, pace, tries, () => 0.5).lane).toMatchObject({ spacingMs: 1_000, slowDown: false })
    const slow = verdictOn(refusal('slow_down', 'upstream_too_fast'), pace, tries, () => 0.5)
    expect(slow.lane).toMatchObject({ spacingMs: 2_000, pauseMs: null, slowDown: true })
    expect(slow.entry).toBe('again')
  })

  test('people are told after two more tries, the archive after six', () => {
    const entry = (attempts: number, interactive: boolean) =>
      verdictOn(transient, pace, { ...tries, attempts, interactive }, () => 0.5).entry
    expect([1, 2].map((attempts) => entry(attempts, true))).toEqual(['later', 'give_up'])
    expect([5, 6].map((attempts) => entry(attempts, false))).toEqual(['later', 'give_up'])
  })

  test('each class stops what it must, and nothing more', () => {
    const stop = (kind: Parameters<typeof refusal>[0], resigned = false) => {
      const { entry, stop, resign } = verdictOn(
        refusal(kind, 'upstream_internal'),
        pace,
        { ...tries, resigned },
        () => 0,
      )
      return [entry, stop, resign]
    }
    expect(stop('bad_request')).toEqual(['give_up', null, false])
    expect(stop('resign')).toEqual(['again', null, true])
    expect(stop('resign', true)).toEqual(['give_up', 'app', false])
    expect(stop('credential')).toEqual(['give_up', 'app', false])
    expect(stop('not_enabled')).toEqual(['give_up', 'endpoint', false])
    expect(verdictOn(null, pace, tries, () => 0)).toMatchObject({ entry: 'done', stop: null, resign: false })
  })
})
