import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KNOWN_VENDORS, type KnownVendor, type Vendor } from '@/lib/contract/vendors'
import { ENTRIES } from '@/lib/reasons/dictionary'
import { deviceVerdict } from './device-verdict'
import { device, done, failed, offline } from './testing/devices'

const evidenceOf = (vendor: Vendor, stages: Parameters<typeof offline>[0]) =>
  deviceVerdict(device({ vendor, offline: offline(stages) }), () => 'reported').evidence
const meanings = (vendor: Vendor, stages: Parameters<typeof offline>[0]) =>
  evidenceOf(vendor, stages).flatMap(({ key, values }) => (values.meaning ? [`${key}: ${values.meaning}`] : []))

describe('the evidence of a failure', () => {
  test('says both where text and code disagree', () => {
    expect(meanings('apns', { offline: done(1), channel: failed(500, 'BadDeviceToken') })).toEqual([
      expect.stringMatching(/^evidence_meaning: .*other APNs environment/),
      'evidence_candidate: APNs had an internal error.',
    ])
  })

  test('has no meaning of one vendor where the vendor is unknown', () => {
    const lines = meanings('platform_9', { offline: done(1), channel: failed(400, 'BadDeviceToken') })
    expect(lines).toEqual([expect.stringMatching(/^evidence_candidate: /)])
  })

  test('has no cause of a step that the push passed', () => {
    const before = ENTRIES.filter(({ stage }) => stage === 'tencent').map(({ meaning }) => meaning)
    const words = fc.constantFrom('', ...ENTRIES.map(({ name }) => name))
    const trace = fc.record({
      vendor: fc.constantFrom<KnownVendor>(...KNOWN_VENDORS),
      code: fc.constantFrom(...ENTRIES.map(({ code }) => Number(code)).filter(Number.isInteger)),
      text: words,
      atDevice: fc.boolean(),
    })
    fc.assert(
      fc.property(trace, ({ vendor, code, text, atDevice }) => {
        const failure = failed(code, text)
        const stages = {
          offline: done(1),
          ...(atDevice ? { channel: done(1), device: failure } : { channel: failure }),
        }
        const lines = evidenceOf(vendor, stages).map(({ values }) => values.meaning)
        expect(lines.filter((meaning) => meaning !== undefined && before.includes(meaning))).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })
})
