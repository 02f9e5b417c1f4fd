import { describe, expect, test } from 'vitest'
import { ERROR_CODES } from '@/lib/contract/errors'
import crashEn from '@/messages/en/crash.json'
import crashKo from '@/messages/ko/crash.json'
import crashZh from '@/messages/zh-CN/crash.json'
import { LOCALES, type Locale } from './locale'
import { messagesOf } from './messages'
import { createWords, type MessageKey } from './words'

const CRASH = { en: crashEn, 'zh-CN': crashZh, ko: crashKo }

type Tree = { [key: string]: string | Tree }

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  )
}

const all = (locale: Locale) => new Map(leaves({ ...messagesOf(locale), crash: CRASH[locale] } as unknown as Tree))

/** Names of placeholders: `{n}` and the head of `{n, plural, …}`, not the words inside a branch. */
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name]) => name))].sort()

describe.each(LOCALES)('the words in %s', (locale) => {
  test('have exactly the keys of English', () => {
    expect([...all(locale).keys()].sort()).toEqual([...all('en').keys()].sort())
  })

  test('use the placeholders of English', () => {
    const wrong = [...all('en')].flatMap(([key, text]) => {
      const other = placeholders(all(locale).get(key) ?? '')
      return String(placeholders(text)) === String(other) ? [] : [`${key}: ${placeholders(text)} against ${other}`]
    })
    expect(wrong).toEqual([])
  })

  test('can all be formatted', () => {
    const words = createWords(locale, messagesOf(locale))
    for (const [key, text] of all(locale)) {
      if (key.startsWith('crash.') || text === '') continue
      const named = Object.fromEntries(placeholders(text).map((name) => [name, 2]))
      expect(words.t(key as MessageKey, named), key).not.toMatch(/[{}]/)
    }
  })

  test('hold a title and a detail for every error code and no other', () => {
    const { errors } = messagesOf(locale)
    expect(Object.keys(errors).sort()).toEqual([...ERROR_CODES].sort())
    for (const { title, detail } of Object.values(errors)) {
      expect(title.length).toBeGreaterThan(3)
      expect(detail.length).toBeGreaterThan(8)
    }
  })

  test('name the key that is wanted when the credential is broken', () => {
    const { detail } = messagesOf(locale).errors.upstream_credential
    expect(detail).toContain('SDKSecretKey')
    expect(detail).toContain('appKey')
  })

  test('leave nothing empty but what has no other brand', () => {
    const empty = [...all(locale)].filter(([key, text]) => text === '' && !/^vendors\.\w+\.also$/.test(key))
    expect(empty).toEqual([])
  })
})
