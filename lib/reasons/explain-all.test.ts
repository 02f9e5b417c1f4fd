import { describe, expect, test } from 'vitest'
import type { Vendor } from '@/lib/contract/vendors'
import titles from '@/messages/en/reasons.json'
import { CAUSES } from './causes'
import { KINDS } from './dictionary'
import { explainAll, explainStage } from './explain-all'
import { meaningOf } from './meaning'

const row = (code: string, text: string, count: number | null, vendors: [Vendor, number | null][] = []) => ({
  code,
  text,
  count,
  vendors: vendors.map(([vendor, own]) => ({ vendor, channel: 'offline' as const, count: own })),
})
const explained = (given: ReturnType<typeof row>) =>
  explainAll('post_send', given).map(({ row: { count, vendors }, explanation: { cause, confidence } }) => [
    cause,
    confidence,
    count,
    ...vendors.map(({ vendor }) => vendor),
  ])

describe('one code of several vendors', () => {
  test('that means different things is split, and the counts stay the same', () => {
    expect(
      explained(
        row('16', '', 90, [
          ['xiaomi', 56],
          ['oppo', 34],
        ]),
      ),
    ).toEqual([
      ['token_gone', 'likely', 56, 'xiaomi'],
      ['credential_wrong', 'certain', 34, 'oppo'],
    ])
  })

  test('whose vendor counts do not add up stays whole, with the candidates of all', () => {
    const [only, ...others] = explainAll(
      'post_send',
      row('16', '', 100, [
        ['xiaomi', 56],
        ['oppo', 34],
      ]),
    )
    expect(others).toEqual([])
    expect(only).toMatchObject({ row: { count: 100 }, explanation: { cause: null, confidence: 'unknown' } })
    expect(new Set(only?.explanation.candidates.map(({ cause }) => cause))).toEqual(
      new Set(['token_gone', 'credential_wrong']),
    )
  })

  test('that means the same stays whole, as certain as its least certain vendor', () => {
    expect(
      explained(
        row('410', 'Unregistered', 40, [
          ['apns', 30],
          ['xiaomi', 10],
        ]),
      ),
    ).toEqual([['token_gone', 'likely', 40, 'apns', 'xiaomi']])
  })

  test('without vendors is explained over all vendors', () => {
    expect(explained(row('16', '', 56))).toEqual([[null, 'unknown', 56]])
  })
})

describe('one code with several texts', () => {
  test('that mean the same is one row under the most frequent text', () => {
    const found = explainStage('ready_to_send', [
      row('-2', '没有上传token', 5, [['vivo', 5]]),
      row('-2', 'token not uploaded', 9, [
        ['vivo', 2],
        ['huawei', 7],
      ]),
    ])
    expect(found).toMatchObject([
      {
        row: {
          text: 'token not uploaded',
          count: 14,
          vendors: [
            { vendor: 'vivo', count: 7 },
            { vendor: 'huawei', count: 7 },
          ],
        },
        explanation: { cause: 'token_missing' },
      },
    ])
  })

  test('that mean different things, or are unknown, is several rows', () => {
    const texts = ['BadDeviceToken', 'PayloadTooLarge']
    const apns = texts.map((text, i) => row('400', text, 9 - i, [['apns', 9 - i]]))
    expect(explainStage('post_send', apns).map(({ row: { text } }) => text)).toEqual(texts)
    const unknown = ['a', 'b'].map((text) => row('987', text, 1))
    expect(explainStage('post_send', unknown)).toHaveLength(2)
  })
})

describe('rows without a code', () => {
  const rows = ['Unregistered', 'Unregistered', '', ''].map((text, i) => row('', text, 9 - i, [['apns', 9 - i]]))

  test('are never merged and never dropped', () => {
    const found = explainStage('post_send', rows)
    expect(found.map(({ row: { code, text, count } }) => [code, text, count])).toEqual([
      ['', 'Unregistered', 9],
      ['', 'Unregistered', 8],
      ['', '', 7],
      ['', '', 6],
    ])
  })

  test('say that Tencent gave no code', () => {
    const [, , bare] = explainStage('post_send', rows)
    expect(bare && meaningOf(bare.explanation, titles.title)).toMatchObject({
      key: null,
      title: 'No code',
      meaning: expect.stringMatching(/without a code/),
    })
  })
})

describe('what people read', () => {
  const read = (code: string, text = '', vendors: [Vendor, number][] = []) => {
    const [first] = explainAll('post_send', row(code, text, 5, vendors))
    return first && meaningOf(first.explanation, titles.title)
  }

  test('a known code has a title, a meaning, an owner, a fix and a source', () => {
    expect(read('410', 'Unregistered', [['apns', 5]])).toMatchObject({
      key: 'token_gone',
      title: 'Token no longer valid',
      actor: 'user',
      confidence: 'certain',
      meaning: expect.stringMatching(/\w/),
      fix: expect.stringMatching(/\w/),
      source: expect.stringMatching(/^http/),
    })
  })

  test('an undecided code offers its candidates, an unknown code nothing', () => {
    expect(read('-2', '', [['oppo', 5]])).toMatchObject({
      key: null,
      title: titles.title.ambiguous,
      candidates: [{ vendor: expect.any(String), title: expect.any(String) }, {}],
    })
    expect(read('987654', 'new', [['huawei', 5]])).toEqual({
      key: null,
      title: titles.title.unknown,
      meaning: null,
      actor: null,
      fix: null,
      confidence: 'unknown',
      source: null,
    })
  })

  test('every cause has a title, and every title a cause', () => {
    expect(Object.keys(titles.title).sort()).toEqual(
      [...CAUSES, ...KINDS.map((kind) => `rest_${kind}`), 'unknown', 'ambiguous', 'no_code'].sort(),
    )
  })
})
