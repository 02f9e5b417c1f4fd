import { describe, expect, test } from 'vitest'
import type { Vendor } from '@/lib/contract/vendors'
import { ENTRIES } from './dictionary'
import { type Explanation, explain, type ReasonQuestion } from './explain'
import { WANTED } from './testing/wanted'

const sent = (vendor: Vendor | null, code: string, text: string): ReasonQuestion => ({
  stage: 'post_send',
  vendor,
  channel: null,
  code,
  text,
})
const summary = ({ cause, actor, confidence }: Explanation) => [cause, actor, confidence]
const OPEN = [null, null, 'unknown']
const rows = WANTED.map((one) => [`${one.vendor} ${one.code} ${one.text}`, one] as const)

/** The same words as an HTTP client, a log or a console would write them. */
const spellings = (text: string): string[] => [
  text.toUpperCase(),
  text.toLowerCase(),
  `  ${text.replaceAll(' ', '_')}  `,
  text.replace(/([a-z])([A-Z])/g, '$1 $2'),
  text.replace(/([a-z])([A-Z])/g, '$1_$2'),
  text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  `{"reason":"${text}","id":"7f3a"}`,
  `推送失败，原因：${text}。`,
]

describe('codes as their vendors document them', () => {
  test('the hand-written table has at least 120 entries, each of them in the dictionary', () => {
    expect(WANTED.length).toBeGreaterThanOrEqual(120)
    const keys = new Set(ENTRIES.map(({ vendor, code, name }) => `${vendor} ${code} ${name}`))
    expect(WANTED.filter(({ vendor, code, text }) => !keys.has(`${vendor} ${code} ${text}`))).toEqual([])
  })

  test.each(rows)('%s with its text', (_, { vendor, code, text, cause, owner, withText }) => {
    const found = explain(sent(vendor, code, text))
    expect(summary(found)).toEqual([cause, owner, withText])
    expect(found.candidates[0]).toMatchObject({ vendor, code, name: text })
    expect(found.contradicting).toEqual([])
  })

  test.each(rows)('%s in other spellings', (_, { vendor, code, text, cause, owner, withText }) => {
    for (const spelling of spellings(text)) {
      expect([spelling, ...summary(explain(sent(vendor, code, spelling)))]).toEqual([spelling, cause, owner, withText])
    }
  })

  test.each(rows)('%s without a text', (_, { vendor, code, text, cause, owner, alone }) => {
    const found = explain(sent(vendor, code, ''))
    expect(summary(found)).toEqual(alone === 'open' ? OPEN : [cause, owner, alone])
    expect(found.candidates.map(({ name }) => name)).toContain(text)
  })

  test.each(rows)('%s without a vendor', (_, { vendor, code, text, cause, owner, withoutVendor }) => {
    for (const none of [null, 'unknown', 'platform_9'] as const) {
      const bare = explain(sent(none, code, ''))
      expect(summary(bare)).toEqual(withoutVendor === 'open' ? OPEN : [cause, owner, 'likely'])
      expect(bare.candidates).toContainEqual(expect.objectContaining({ vendor, name: text }))
      expect(bare.byVendor).toBe(true)
      expect(explain(sent(none, code, text)).confidence).not.toBe('certain')
    }
  })
})

describe('the text of another entry with the same number', () => {
  const pairs = WANTED.flatMap((one) =>
    WANTED.filter(({ code, text }) => code === one.code && text !== one.text).map(
      (other) => [`${one.vendor} ${one.code} with "${other.text}" of ${other.vendor}`, one, other] as const,
    ),
  )

  test.each(pairs)('%s', (_, one, other) => {
    const found = explain(sent(one.vendor, one.code, other.text))
    const own = ENTRIES.some(({ vendor, name }) => vendor === one.vendor && name === other.text)
    expect([found.cause, found.actor]).toEqual([other.cause, other.owner])
    expect(found.confidence).toBe(own ? other.withText : 'likely')
    if (own || one.cause === other.cause) return
    const codeSays = explain(sent(one.vendor, one.code, '')).candidates.filter(({ cause }) => cause !== other.cause)
    const agrees = WANTED.some((row) => row.vendor === one.vendor && row.code === one.code && row.cause === other.cause)
    expect(found.contradicting).toEqual(agrees ? [] : codeSays)
  })
})

describe('a documented reason beside an HTTP-like status', () => {
  const SHARED = ['400', '401', '403', '404', '410', '429', '500', '503']
  const reasons = WANTED.filter(({ vendor }) => vendor === 'apns' || vendor === 'fcm')

  test.each(reasons.map((one) => [`${one.vendor} ${one.text}`, one] as const))('%s', (_, { vendor, code, ...one }) => {
    for (const status of SHARED.filter((other) => other !== code)) {
      const found = explain(sent(vendor, status, `error: ${one.text} (${status})`))
      expect([status, found.cause, found.confidence]).toEqual([status, one.cause, 'likely'])
    }
  })
})
