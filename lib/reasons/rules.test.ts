import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KNOWN_VENDORS, type Vendor } from '@/lib/contract/vendors'
import titles from '@/messages/en/reasons.json'
import { ENTRIES } from './dictionary'
import { explain, type ReasonQuestion } from './explain'
import { meaningOf } from './meaning'

const sent = (vendor: Vendor | null, code: string, text = ''): ReasonQuestion => ({
  stage: 'post_send',
  vendor,
  channel: null,
  code,
  text,
})
const read = (question: ReasonQuestion) => meaningOf(explain(question), titles.title)
const codes = ({ candidates }: { candidates: { vendor: string; code: string }[] }) =>
  candidates.map(({ vendor, code }) => `${vendor} ${code}`)

describe('a text that disagrees with the code', () => {
  test.each([
    ['a reason of another status', sent('apns', '500', 'BadDeviceToken'), 'token_mismatch', 'apns 500'],
    ['a reason of another vendor', sent('honor', '403', 'UNREGISTERED'), 'token_gone', 'honor 403'],
    ['a reason inside JSON', sent('fcm', '500', '{"errorCode":"UNREGISTERED"}'), 'token_gone', 'fcm 500'],
    [
      'a number of the vendor inside JSON',
      sent('honor', '503', '{"code":"80200056"}'),
      'content_rejected',
      'honor 503',
    ],
    ['free Chinese text', sent('xiaomi', '10034', '设备已卸载'), 'token_gone', 'xiaomi 10034'],
  ])('%s decides, and is likely at most', (_, question, cause, code) => {
    const found = explain(question)
    expect(found).toMatchObject({ cause, confidence: 'likely' })
    expect(codes({ candidates: found.contradicting })).toEqual([code])
    expect(codes(found)).toContain(code)
  })

  test('both are shown', () => {
    const reply = read(sent('apns', '500', 'BadDeviceToken'))
    expect(reply).toMatchObject({ key: 'token_mismatch', confidence: 'likely' })
    expect(reply.meaning).toMatch(
      /other APNs environment.*disagree.*Code 500 alone means something else: APNs had an int/,
    )
    expect(reply.candidates?.map(({ code, name }) => `${code} ${name}`)).toEqual([
      '400 BadDeviceToken',
      '500 InternalServerError',
    ])
    expect(read(sent('xiaomi', '10034', '设备已卸载')).meaning).toMatch(
      /^The text names this reason\. .*too many messages/,
    )
    expect(read(sent('apns', '403', 'BadDeviceToken')).meaning).toMatch(/can mean several other things/)
  })

  test('another code of the same cause is no disagreement', () => {
    expect(explain(sent('apns', '403', 'BadCertificate'))).toMatchObject({
      cause: 'credential_wrong',
      contradicting: [],
    })
  })

  test('of two reasons the one with the code counts, then the better documented one', () => {
    expect(explain(sent('apns', '410', 'Unregistered, before: BadDeviceToken'))).toMatchObject({
      cause: 'token_gone',
      confidence: 'likely',
    })
    const google = '{"error":{"status":"PERMISSION_DENIED","details":[{"errorCode":"SENDER_ID_MISMATCH"}]}}'
    expect(explain(sent('fcm', '403', google))).toMatchObject({ cause: 'app_mismatch' })
    expect(explain(sent('apns', '500', 'BadDeviceToken or PayloadEmpty'))).toMatchObject({ cause: null })
  })

  test('a specific reason beats "sending failed" and "system busy"', () => {
    expect(explain(sent('xiaomi', '20301', 'sending failed: invalid regid'))).toMatchObject({ cause: 'token_gone' })
    expect(explain(sent('xiaomi', '20301', 'sending failed: regId illegal'))).toMatchObject({ cause: 'token_gone' })
    expect(explain(sent('xiaomi', '10034', '服务异常，请稍后再试'))).toMatchObject({ cause: 'daily_cap' })
    expect(explain(sent('honor', '403', '服务异常，请稍后再试'))).toMatchObject({ cause: 'vendor_busy' })
  })

  test('common words inside a sentence name no reason', () => {
    for (const text of ['internal reference 7', 'the resource is forbidden here', 'see expired offers'])
      expect([text, explain(sent('huawei', '987654', text)).cause]).toEqual([text, null])
    expect(explain(sent('apns', '987654', 'APNs: BadTopic for com.example')).cause).toBe('app_mismatch')
    expect(explain(sent('fcm', '987654', 'UNAVAILABLE: try later')).cause).toBe('vendor_busy')
  })
})

describe('a row without a vendor', () => {
  test('never has the meaning of one vendor, but its candidates', () => {
    const reply = read(sent(null, '10302'))
    expect(reply).toMatchObject({ key: null, meaning: null, fix: null, title: titles.title.ambiguous })
    expect(reply.candidates).toMatchObject([{ vendor: 'vivo', code: '10302' }])
  })

  test('has the cause that all vendors share', () => {
    const reply = read(sent(null, '80300007'))
    expect(reply).toMatchObject({ key: 'token_gone', confidence: 'likely', meaning: null, fix: null })
    expect(reply.candidates?.map(({ vendor }) => vendor)).toEqual(['huawei', 'honor'])
  })

  test('has the cause of its text', () => {
    const reply = read(sent('platform_9', '400', 'BadDeviceToken'))
    expect(reply).toMatchObject({ key: 'token_mismatch', confidence: 'likely', meaning: null })
    expect(reply.candidates).toMatchObject([{ vendor: 'apns', name: 'BadDeviceToken' }])
  })

  test('keeps the meaning of Tencent’s own code before sending', () => {
    const reply = read({ ...sent(null, '-1'), stage: 'ready_to_send' })
    expect(reply).toMatchObject({
      key: 'certificate_missing',
      confidence: 'certain',
      meaning: expect.stringMatching(/\w/),
    })
  })

  test('property: a single vendor’s number alone decides nothing', () => {
    for (const { code, stage } of ENTRIES) {
      const found = explain(sent(null, code))
      const vendors = new Set(found.candidates.map(({ vendor }) => vendor))
      if (/^-?\d+$/.test(code) && stage !== 'tencent' && vendors.size < 2)
        expect([code, found.cause]).toEqual([code, null])
      expect(meaningOf(found, titles.title).meaning).toBeNull()
    }
  })
})

/** Causes that a vendor can only find while it takes a push. */
const REFUSALS: readonly string[] = ['credential_wrong', 'content_empty', 'bad_parameters', 'tencent_request']

describe('a candidate is possible where the push failed', () => {
  test('a cause of before sending is not offered once Tencent handed the push over', () => {
    expect(codes(explain(sent('oppo', '-2')))).toEqual(['oppo -2', 'tencent -2'])
    expect(explain({ ...sent('oppo', '-2'), passed: 'offline' })).toMatchObject({ cause: 'vendor_busy' })
    expect(explain({ ...sent('huawei', '-2', 'token not uploaded'), passed: 'offline' })).toMatchObject({
      cause: null,
      candidates: [],
    })
    expect(explain({ ...sent('vivo', '7', '未设置证书'), passed: 'offline' }).cause).toBeNull()
  })

  test('a refused request is not offered once the vendor accepted the push', () => {
    expect(explain(sent('oppo', '16')).cause).toBe('credential_wrong')
    expect(explain({ ...sent('oppo', '16'), passed: 'channel' })).toMatchObject({ cause: null, candidates: [] })
    expect(explain({ ...sent('oppo', '7', '签名错误'), passed: 'channel' }).cause).toBeNull()
    expect(explain({ ...sent('oppo', '1', 'regid_invalid'), passed: 'channel' })).toMatchObject({
      confidence: 'certain',
    })
  })

  test('a receipt is not offered before sending, a refusal by name is', () => {
    const unsent = (text: string) => explain({ ...sent('huawei', '77', text), stage: 'ready_to_send' })
    expect(unsent('BadDeviceToken')).toMatchObject({ cause: 'token_mismatch', confidence: 'likely' })
    expect(unsent('device booted but locked')).toMatchObject({ cause: null, candidates: [] })
    expect(unsent('消息被覆盖').cause).toBeNull()
  })

  test('property: no step offers what an earlier step would have stopped', () => {
    const wording = fc.constantFrom(...ENTRIES.flatMap(({ name, certain, texts }) => [name, ...certain, ...texts]))
    const question = fc.record({
      vendor: fc.constantFrom<Vendor | null>(...KNOWN_VENDORS, 'platform_9', null),
      code: fc.constantFrom(...ENTRIES.map(({ code }) => code)),
      text: fc.oneof(
        fc.constant(''),
        wording,
        fc.tuple(wording, wording).map((both) => both.join(' / ')),
      ),
      passed: fc.constantFrom('offline' as const, 'channel' as const),
    })
    fc.assert(
      fc.property(question, ({ passed, ...given }) => {
        const found = explain({ ...sent(null, ''), ...given, passed })
        expect(found.candidates.filter(({ stage }) => stage === 'tencent')).toEqual([])
        const refusals = found.candidates.filter(({ stage, cause }) => stage === 'vendor' && REFUSALS.includes(cause))
        if (passed === 'channel') expect(refusals).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a row without a code', () => {
  test('says so', () => {
    expect(explain(sent('apns', ''))).toMatchObject({
      cause: null,
      confidence: 'unknown',
      candidates: [],
      noCode: true,
    })
    expect(read(sent('apns', '')).meaning).toMatch(/without a code/)
    expect(explain(sent('apns', '0')).noCode).toBe(false)
  })

  test('is likely what its text names', () => {
    expect(explain(sent('apns', ' ', 'BadDeviceToken'))).toMatchObject({
      cause: 'token_mismatch',
      confidence: 'likely',
    })
  })
})

test('a code in full width or with a long minus is the same code', () => {
  expect(explain(sent('apns', ' ４１０ '))).toMatchObject({ cause: 'token_gone', confidence: 'certain' })
  expect(explain({ ...sent('vivo', '−1'), stage: 'ready_to_send' }).cause).toBe('certificate_missing')
})

describe('a text of 40,000 characters', () => {
  const LONG = 40_000
  test.each([
    'token not ',
    'a',
    'aB',
    '没有设置',
    'app is blacklisted sending forbidden ',
    'notification limit rate daily ',
    '\uFDFA',
    ' ',
    '-_',
    '"',
    '😀',
  ])('of "%s" is explained within 5 ms', (part) => {
    const text = part.repeat(LONG / part.length)
    const times = Array.from({ length: 9 }, () => {
      const begun = performance.now()
      explain(sent('apns', '400', text))
      return performance.now() - begun
    })
    expect(Math.min(...times)).toBeLessThan(5)
  })

  test('is read at its beginning and at its end', () => {
    const filler = 'x '.repeat(LONG / 2)
    expect(explain(sent('apns', '400', `BadDeviceToken ${filler}`)).cause).toBe('token_mismatch')
    expect(explain(sent('apns', '400', `${filler} BadDeviceToken`)).cause).toBe('token_mismatch')
  })
})
