import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verdictReply } from '@/lib/contract/traces'
import { CAUSES } from '@/lib/reasons/causes'
import type { Delivery } from '@/lib/report/funnel/counts'
import { hintsOf } from '@/lib/report/ids/id-hints'
import verdictsEn from '@/messages/en/verdicts.json'
import verdictsKo from '@/messages/ko/verdicts.json'
import { vendorMessages } from '@/messages/vendors'
import verdictsZh from '@/messages/zh-CN/verdicts.json'
import { fillVerdict } from './fill-verdict'
import { anyDevice } from './testing/any-device'
import { anyUser } from './testing/any-user'
import { device, done, failed, offline, online, PUSHED } from './testing/devices'
import { VERDICT_CASES } from './testing/verdict-cases'
import { userVerdict } from './user-verdict'
import { verdictOf } from './verdict'
import type { Sentence, Verdict } from './verdict-types'

const WORDS = {
  en: { verdicts: verdictsEn, vendors: vendorMessages('en') },
  'zh-CN': { verdicts: verdictsZh, vendors: vendorMessages('zh-CN') },
  ko: { verdicts: verdictsKo, vendors: vendorMessages('ko') },
}
const looked = { source: 'chat', hints: hintsOf(''), sdkAppId: 1, nowS: PUSHED } as const
const gone = device({
  vendor: 'xiaomi',
  offline: offline({ offline: done(1), channel: failed(10029, 'x {vendor} y') }),
})

/** Every verdict without a trace: each shape of ID, of this app and another, recent and too old. */
function nothingFound(): Verdict[] {
  const ids = [
    '',
    '48374_2837546_1795061000',
    '144115233406643804-1727580296-4026038328',
    '6afcea80_5f5fe251_200000e87f01f12_cf7963dc_386ba222',
    '6afe7508_6a4086c0_9bf5fb50_200002d1089b322_2000005d8d46421',
  ]
  return (['chat', 'task'] as const).flatMap((source) =>
    ids
      .map(hintsOf)
      .flatMap((hints) =>
        [PUSHED, PUSHED + 9_000_000].flatMap((nowS) =>
          [1, 1600119377].map((sdkAppId) => verdictOf([], () => 'reported', { source, hints, sdkAppId, nowS })),
        ),
      ),
  )
}

describe('the sentence of a verdict', () => {
  test('says what failed on the other path', () => {
    const both = { ...gone, online: online({ channel: done(), device: done(1) }) }
    const reply = fillVerdict(
      WORDS.en,
      verdictOf([both], () => 'reported', looked),
    )
    expect(reply.text).toBe(
      'The push reached the running app over Tencent’s own channel. Stopped at Xiaomi: the token is no longer valid.',
    )
    expect(reply.also.map(({ text }) => text)).toEqual(['Stopped at Xiaomi: the token is no longer valid.'])
  })

  test('names the vendor in the language of the texts', () => {
    const verdict = verdictOf([gone], () => 'reported', looked)
    expect(fillVerdict(WORDS.en, verdict).text).toBe('Stopped at Xiaomi: the token is no longer valid.')
    expect(fillVerdict(WORDS['zh-CN'], verdict).text).toContain('小米')
    expect(fillVerdict(WORDS.ko, verdict).text).toContain('샤오미')
  })

  test('is a reply of the contract, with evidence and next step', () => {
    const reply = verdictReply.parse(
      fillVerdict(
        WORDS.en,
        verdictOf([gone], () => 'reported', looked),
      ),
    )
    expect(reply).toMatchObject({ key: 'stopped_token_gone', values: { vendor: 'xiaomi' }, actor: 'user' })
    expect(reply.next.text).toBe(
      'Check that the app is still installed. Then ask the user to open it once while signed in. The app then gets a new token.',
    )
    expect(reply.evidence[0]?.text).toBe('Xiaomi responded with 10029 x {vendor} y at 2026-11-19 12:03:21.')
  })

  test('calls an unnamed vendor by its number', () => {
    const nine = device({ vendor: 'platform_9', offline: offline({ offline: done(1), channel: done(1) }) })
    expect(
      fillVerdict(
        WORDS.en,
        verdictOf([nine], () => 'unknown', looked),
      ).text,
    ).toContain('Unnamed channel (9)')
  })
})

describe.each(Object.entries(WORDS))('the texts in %s', (_, words) => {
  const expectText = ({ key, values }: Sentence) => {
    const sentence = new Map(Object.entries(words.verdicts)).get(key)
    expect(sentence, key).toBeDefined()
    const asked = [...(sentence ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    for (const name of asked) expect(Object.keys(values), `${key} asks for ${name}`).toContain(name)
  }
  const expectAllTexts = ({ key, values, also, evidence, next }: Verdict) => {
    for (const one of [{ key, values }, ...also]) expectText(one)
    expectText({ key: next, values })
    for (const line of evidence) expectText(line)
  }

  test('contain a sentence and a next step for every cause', () => {
    for (const cause of [...CAUSES, 'app_uninstalled']) {
      expectText({ key: `stopped_${cause}`, values: { vendor: 'xiaomi', answer: '1' } })
      expectText({ key: `next_${cause}`, values: {} })
    }
  })

  test('contain every sentence that a verdict uses, with its values', () => {
    const kinds = fc.constantFrom<Delivery>('reported', 'partial', 'unreported', 'unknown')
    fc.assert(
      fc.property(fc.array(anyDevice, { maxLength: 3 }), kinds, (records, delivery) => {
        expectAllTexts(verdictOf(records, () => delivery, looked))
      }),
      { numRuns: 400 },
    )
  })

  test('contain every sentence for a push that was not found', () => {
    for (const one of nothingFound()) expectAllTexts(one)
  })
})

test('every sentence is used by some verdict', () => {
  const used = new Set(CAUSES.flatMap((cause) => [`stopped_${cause}`, `next_${cause}`]))
  const markUsed = ({ key, also, evidence, next }: Verdict) => {
    for (const one of [key, next, ...[...also, ...evidence].map((line) => line.key)]) used.add(one)
  }
  for (const records of fc.sample(fc.array(anyDevice, { minLength: 1, maxLength: 2 }), { numRuns: 1500, seed: 1 })) {
    for (const kind of ['reported', 'partial', 'unreported', 'unknown'] as const) {
      markUsed(verdictOf(records, () => kind, looked))
    }
  }
  for (const one of nothingFound()) markUsed(one)
  for (const { verdict } of VERDICT_CASES) markUsed(verdict)
  for (const one of fc.sample(anyUser, { numRuns: 300, seed: 1 }).map(userVerdict)) {
    markUsed(one)
    for (const line of one.tried) used.add(line.key)
  }
  expect(Object.keys(verdictsEn).filter((key) => !used.has(key))).toEqual([])
})
