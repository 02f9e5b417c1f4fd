import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import en from '@/messages/en/verdicts.json'
import { vendorMessages } from '@/messages/vendors'
import { fillVerdict } from './fill-verdict'
import { anyUser } from './testing/any-user'
import { arrivalOf } from './user-attempts'
import { userVerdict } from './user-verdict'

describe('for any facts', () => {
  const words = new Set(Object.keys(en))

  test('the verdict has a text, and says delivered only if a step proves it', () => {
    fc.assert(
      fc.property(anyUser, (given) => {
        const verdict = userVerdict(given)
        const filled = fillVerdict(
          { verdicts: en, vendors: vendorMessages('en') },
          { ...verdict, evidence: [...verdict.evidence, ...verdict.tried] },
        )
        const wrong = [filled, filled.next, ...filled.evidence].filter(
          ({ key, text }) => !words.has(key) || /[{}]/.test(text),
        )
        expect(wrong).toEqual([])
        const proven = given.traces.some(({ devices }) => arrivalOf(devices) !== null)
        if (verdict.key === 'user_delivered') expect(proven).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('permission and token make nothing certain, and the number of a certificate does not matter', () => {
    const fields = fc.record({
      token: fc.constantFrom('', 'AIzaSyDemo0123456789'),
      notifications: fc.constantFrom(0, 1, null),
    })
    fc.assert(
      fc.property(anyUser, fields, (given, other) => {
        const changed = given.traces.map((one) => ({
          ...one,
          devices: one.devices.map((record) => ({
            ...record,
            ...other,
            certId: record.certId.replace('31122', '40000'),
          })),
        }))
        const [one, two] = [userVerdict(given), userVerdict({ ...given, traces: changed })]
        if (one.confidence === 'certain' || two.confidence === 'certain') {
          expect([two.key, two.values, two.confidence]).toEqual([one.key, one.values, one.confidence])
        }
      }),
      { numRuns: 200 },
    )
  })
})
