import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { ERROR_CODES } from '@/lib/contract/errors'
import { vendorMessages } from '@/messages/vendors'
import { LOCALES, type Locale } from './locale'
import { messagesOf } from './messages'
import { createWords, type MessageKey } from './words'

type Tree = { [key: string]: string | Tree }

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  )
}

const FOLDER = fileURLToPath(new URL('../../messages/', import.meta.url))

/** The source texts, by file. */
const TEXTS = new Map(LOCALES.map((locale) => [locale, readAll(locale)]))
const all = (locale: Locale) => TEXTS.get(locale) ?? new Map<string, string>()

function readAll(locale: Locale): Map<string, string> {
  const files = readdirSync(join(FOLDER, locale))
  const trees = files.map((file) => [
    basename(file, '.json'),
    JSON.parse(readFileSync(join(FOLDER, locale, file), 'utf8')),
  ])
  return new Map(leaves(Object.fromEntries([...trees, ['vendors', vendorMessages(locale)]])))
}

/** Returns placeholder names: `{n}` and the head of `{n, plural, …}`, not the words inside a branch. */
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name]) => name))].sort()

describe.each(LOCALES)('the messages in %s', (locale) => {
  test('have the keys of English', () => {
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

  test('have a title and a detail for every error code and no other', () => {
    const { errors } = messagesOf(locale)
    expect(Object.keys(errors).sort()).toEqual([...ERROR_CODES].sort())
    for (const { title, detail } of Object.values(errors)) {
      expect(title.length).toBeGreaterThan(3)
      expect(detail.length).toBeGreaterThan(8)
    }
  })

  test('name the key that is needed when the credential is wrong', () => {
    const { detail } = messagesOf(locale).errors.upstream_credential
    expect(detail).toContain('SDKSecretKey')
    expect(detail).toContain('appKey')
  })

  test('have no empty text, except where a vendor has no other brand', () => {
    const empty = [...all(locale)].filter(([key, text]) => text === '' && !/^vendors\.\w+\.also$/.test(key))
    expect(empty).toEqual([])
  })
})

test('a text with values is compiled, and a missing value or key throws', () => {
  const words = createWords('en', messagesOf('en'))
  expect(typeof messagesOf('en').common.pageTitle).not.toBe('string')
  expect(() => words.t('common.pageTitle')).toThrow(/page/)
  expect(() => words.t('common.nothing' as MessageKey)).toThrow('no words for common.nothing')
  expect([words.has('common.nothing'), words.has('common'), words.has('common.pageTitle')]).toEqual([
    false,
    false,
    true,
  ])
})

test('compiled texts are plain data, because React passes nothing else to the browser', () => {
  const strange = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    (![Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value)) || Object.values(value).some(strange))
  expect(LOCALES.filter((locale) => strange(messagesOf(locale)))).toEqual([])
})

test('the browser contains no message parser', () => {
  const folder = fileURLToPath(new URL('../', import.meta.url))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
  const naming = files.filter((file) => /use-intl|icu-minify\/compile/.test(readFileSync(join(folder, file), 'utf8')))
  expect(naming.filter((file) => !file.includes('.test.'))).toEqual(['i18n/messages.ts'])
})
