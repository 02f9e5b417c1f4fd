import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Pace, type Tries, verdictOn } from './retry-policy'
import { refusal } from './testing/gateway-env'

const pace: Pace = { baseMs: 1_000, spacingMs: 1_000, failures: 0, cleanCalls: 0 }
const tries: Tries = { attempts: 0, signatureRenewed: false, interactive: false }
const transient = refusal('transient', 'upstream_unreachable')

describe('the verdict on a call', () => {
  test('pauses for a random time below a bound that doubles with every failure, up to a minute', () => {
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

  test('keeps the spacing within its bounds, whatever happens', () => {
    const ends = fc.array(fc.constantFrom(null, transient, refusal('slow_down', 'upstream_too_fast', 60007)), {
      maxLength: 80,
    })
    fc.assert(
      fc.property(ends, (list) => {
        let current = pace
        for (const error of list) {
          const { lane, cleanCalls } = verdictOn(error, current, tries, () => 0.5)
          current = { ...current, spacingMs: lane.spacingMs, failures: lane.failures, cleanCalls }
          expect(current.spacingMs).toBeGreaterThanOrEqual(1_000)
          expect(current.spacingMs).toBeLessThanOrEqual(16_000)
        }
      }),
    )
  })

  test('does not widen the spacing on failures and does not pause on a slow-down', () => {
    expect(verdictOn(transient, pace, tries, () => 0.5).lane).toMatchObject({ spacingMs: 1_000, slowDown: false })
    const slow = verdictOn(refusal('slow_down', 'upstream_too_fast'), pace, tries, () => 0.5)
    expect(slow.lane).toMatchObject({ spacingMs: 2_000, pauseMs: null, slowDown: true })
    expect(slow.request).toBe('again')
  })

  test('gives up after two retries for people and six for the archive', () => {
    const request = (attempts: number, interactive: boolean) =>
      verdictOn(transient, pace, { ...tries, attempts, interactive }, () => 0.5).request
    expect([1, 2].map((attempts) => request(attempts, true))).toEqual(['later', 'give_up'])
    expect([5, 6].map((attempts) => request(attempts, false))).toEqual(['later', 'give_up'])
  })

  test('stops the app or the endpoint as each class of error requires', () => {
    const stop = (kind: Parameters<typeof refusal>[0], signatureRenewed = false) => {
      const { request, stop, renewSignature } = verdictOn(
        refusal(kind, 'upstream_internal'),
        pace,
        { ...tries, signatureRenewed },
        () => 0,
      )
      return [request, stop, renewSignature]
    }
    expect(stop('bad_request')).toEqual(['give_up', null, false])
    expect(stop('renew_signature')).toEqual(['again', null, true])
    expect(stop('renew_signature', true)).toEqual(['give_up', 'app', false])
    expect(stop('credential')).toEqual(['give_up', 'app', false])
    expect(stop('not_enabled')).toEqual(['give_up', 'endpoint', false])
    expect(verdictOn(null, pace, tries, () => 0)).toMatchObject({ request: 'done', stop: null, renewSignature: false })
  })
})
