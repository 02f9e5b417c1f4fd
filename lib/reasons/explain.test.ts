import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KNOWN_VENDORS, type Vendor } from '@/lib/contract/vendors'
import titles from '@/messages/en/reasons.json'
import { OWNER } from './causes'
import { ENTRIES, type Entry } from './dictionary'
import { explain, type ReasonQuestion } from './explain'
import { meaningOf } from './meaning'

const sent = (vendor: Vendor | null, code: string, text = ''): ReasonQuestion => ({
  stage: 'post_send',
  vendor,
  channel: null,
  code,
  text,
})
const unsent = (vendor: Vendor | null, code: string, text = ''): ReasonQuestion => ({
  ...sent(vendor, code, text),
  stage: 'ready_to_send',
})
const own = (entry: Entry, text: string): ReasonQuestion =>
  entry.vendor === 'tencent' ? unsent('huawei', entry.code, text) : sent(entry.vendor, entry.code, text)

describe('every entry of the dictionary', () => {
  test.each(ENTRIES.map((entry) => [`${entry.vendor} ${entry.code} ${entry.name}`, entry] as const))(
    '%s is found by its code and text',
    (_, entry) => {
      const { cause, actor, confidence, candidates } = explain(own(entry, entry.name))
      expect(candidates).toContain(entry)
      expect(cause).toBe(entry.cause)
      expect(actor).toBe(OWNER[entry.cause])
      expect(confidence).toBe(entry.confidence === 'unverified' ? 'likely' : 'certain')
    },
  )

  const chinese = ENTRIES.flatMap((entry) =>
    [...entry.certain, ...entry.texts]
      .filter((text) => /\p{Script=Han}/u.test(text))
      .map((text) => [text, entry] as const),
  )
  test.each(chinese)('%s is found in Chinese', (text, entry) => {
    for (const given of [text, `错误：${text}（code=${entry.code}）`, text.replace(/(?<=\p{Script=Han})/gu, ' ')]) {
      const { cause, candidates } = explain(own(entry, given))
      expect([cause, candidates[0]]).toEqual([entry.cause, entry])
    }
  })

  test('without a text an entry is still among the candidates, and no other cause is claimed', () => {
    for (const entry of ENTRIES) {
      const { cause, candidates } = explain(own(entry, ''))
      expect(candidates).toContain(entry)
      expect([entry.cause, null]).toContain(cause)
    }
  })

  test('case, spaces and punctuation of the text do not matter', () => {
    for (const entry of ENTRIES) {
      const text = `  ${entry.name.toUpperCase().replaceAll(' ', '_')} `
      expect(explain(own(entry, text)).cause).toBe(entry.cause)
    }
  })

  test('without a vendor the cause is at most likely', () => {
    for (const entry of ENTRIES) {
      if (entry.vendor === 'tencent') continue
      for (const vendor of [null, 'unknown', 'platform_9'] as const) {
        const { candidates, confidence } = explain(sent(vendor, entry.code, entry.name))
        expect(candidates).toContain(entry)
        expect(confidence).not.toBe('certain')
      }
    }
  })
})

describe('numbers that several tables use', () => {
  test.each<[string, ReasonQuestion, string | null, string]>([
    ['-1 before sending is Tencent', unsent('xiaomi', '-1'), 'certificate_missing', 'certain'],
    ['-1 before sending, in Chinese', unsent('apns', '-1', '没有设置证书id'), 'certificate_missing', 'certain'],
    ['-2 before sending is Tencent also at OPPO', unsent('oppo', '-2'), 'token_missing', 'certain'],
    ['-2 before sending, in Chinese', unsent(null, '-2', '没有上传token'), 'token_missing', 'certain'],
    ['-1 after sending at Xiaomi: cannot tell', sent('xiaomi', '-1'), null, 'unknown'],
    ['-1 after sending at Xiaomi, by its text', sent('xiaomi', '-1', 'unknown error'), 'vendor_unclear', 'certain'],
    [
      '-1 after sending at Xiaomi, by Tencent text',
      sent('xiaomi', '-1', 'Certificate id not set'),
      'certificate_missing',
      'likely',
    ],
    ['-2 after sending at OPPO: flow control or no token', sent('oppo', '-2'), null, 'unknown'],
    ['-2 after sending at OPPO, by its text', sent('oppo', '-2', 'Flow Control'), 'vendor_busy', 'certain'],
    ['-2 after sending at Huawei can only be Tencent', sent('huawei', '-2'), 'token_missing', 'likely'],
    ['1 at OPPO', sent('oppo', '1', 'regid_invalid'), 'token_gone', 'certain'],
    ['1 at Xiaomi', sent('xiaomi', '1'), 'vendor_busy', 'certain'],
    ['1 over all vendors, by its text', sent(null, '1', 'regid_invalid'), 'token_gone', 'likely'],
    ['1 over all vendors, without a text', sent(null, '1'), null, 'unknown'],
    ['1 at Xiaomi with the words of OPPO', sent('xiaomi', '1', 'regid_invalid'), 'token_gone', 'likely'],
    ['16 at Xiaomi', sent('xiaomi', '16'), 'token_gone', 'likely'],
    ['16 at OPPO', sent('oppo', '16'), 'credential_wrong', 'certain'],
    ['16 over all vendors', sent(null, '16'), null, 'unknown'],
    ['10000 at OPPO', sent('oppo', '10000'), 'token_gone', 'likely'],
    ['10000 at vivo', sent('vivo', '10000'), 'credential_wrong', 'likely'],
    ['403 at Honor', sent('honor', '403'), 'credential_wrong', 'likely'],
    ['410 at Apple means one thing whichever it is', sent('apns', '410'), 'token_gone', 'certain'],
    ['400 at Apple could be fifteen things', sent('apns', '400'), null, 'unknown'],
    ['400 at Apple, by its text', sent('apns', '400', 'BadDeviceToken'), 'token_mismatch', 'certain'],
    ['410 under Xiaomi, as a sample has it', sent('xiaomi', '410', 'Unregistered'), 'token_gone', 'likely'],
    ['a word for a code', sent('fcm', 'UNREGISTERED'), 'token_gone', 'certain'],
    ['a word for a code, in other letters', sent('oppo', 'Regid_Invalid'), 'token_gone', 'certain'],
    ['the code of a trace with the word as its text', sent('fcm', '404', 'UNREGISTERED'), 'token_gone', 'certain'],
    ['110010 at Meizu is two things', sent('meizu', '110010'), null, 'unknown'],
    ['110010 at Meizu, the older', sent('meizu', '110010', 'request rate too high'), 'too_fast', 'certain'],
    ['the sample text of vivo', sent('vivo', '10302', 'User Id invalid'), 'token_gone', 'certain'],
    ['the sample text of Huawei', sent('huawei', '80300007', 'All the tokens are invalid'), 'token_gone', 'certain'],
  ])('%s', (_, question, cause, confidence) => {
    expect(explain(question)).toMatchObject({ cause, confidence })
  })
})

test('an invalid token has many codes', () => {
  const many: ReasonQuestion[] = [
    sent('apns', '410'),
    sent('fcm', 'UNREGISTERED'),
    sent('vivo', '10302'),
    sent('huawei', '80300007'),
    sent('oppo', 'regid_invalid'),
    sent('xiaomi', '16'),
    sent('xiaomi', '20301', 'invalid regid'),
  ]
  expect(many.map((question) => explain(question).cause)).toEqual(many.map(() => 'token_gone'))
  // Xiaomi's 20301 alone only says that sending failed.
  expect(explain(sent('xiaomi', '20301'))).toMatchObject({ cause: 'vendor_busy' })
  expect(explain(sent('xiaomi', '20301', 'invalid regid')).confidence).toBe('likely')
})

describe('codes and texts that no table has', () => {
  test('an unknown code looks unknown', () => {
    const nothing = { cause: null, actor: null, confidence: 'unknown', candidates: [] }
    expect(explain(sent('huawei', '987654'))).toMatchObject(nothing)
    expect(explain(sent('huawei', '987654', 'something new'))).toMatchObject(nothing)
    expect(explain(unsent('huawei', '80300007'))).toMatchObject(nothing)
  })

  test('an unknown code with a documented reason is likely that reason', () => {
    expect(explain(sent('apns', '987654', 'BadDeviceToken'))).toMatchObject({
      cause: 'token_mismatch',
      confidence: 'likely',
    })
  })

  test('a documented code with an unknown text is only likely', () => {
    expect(explain(sent('xiaomi', '10034', '今天先这样'))).toMatchObject({ cause: 'daily_cap', confidence: 'likely' })
  })

  test('online push has no vendor codes', () => {
    expect(explain({ ...sent('unknown', '16'), channel: 'online' })).toMatchObject({ cause: null, candidates: [] })
  })
})

const anyQuestion = fc.record<ReasonQuestion>({
  stage: fc.constantFrom('ready_to_send', 'post_send'),
  vendor: fc.constantFrom<Vendor | null>(...KNOWN_VENDORS, 'unknown', 'platform_9', null),
  channel: fc.constantFrom('offline', null),
  passed: fc.constantFrom(null, 'offline', 'channel'),
  code: fc.oneof(fc.constantFrom(...ENTRIES.map((entry) => entry.code)), fc.string({ maxLength: 20 })),
  text: fc.oneof(
    fc.constantFrom('', '设备已卸载应用', 'invalid regid', ...ENTRIES.map((entry) => entry.name)),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  ),
})

test('every explanation has a confidence and a source', () => {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const reply = meaningOf(explain(question), titles.title)
      if (reply.key === null) expect([reply.confidence, reply.source, reply.fix]).toEqual(['unknown', null, null])
      else expect([reply.confidence === 'unknown', reply.source]).toEqual([false, expect.stringMatching(/\S/)])
      for (const one of reply.candidates ?? [])
        expect([one.source, one.evidence]).toEqual([expect.stringMatching(/\S/), expect.any(String)])
    }),
    { numRuns: 500 },
  )
})

test('every question gets an answer whose owner is the owner of its cause', () => {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const { cause, actor, confidence, candidates } = explain(question)
      expect(actor).toBe(cause === null ? null : OWNER[cause])
      expect(confidence === 'unknown').toBe(cause === null)
      if (confidence === 'certain') expect(candidates.length).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
  )
})
