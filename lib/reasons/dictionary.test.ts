import { describe, expect, test } from 'vitest'
import { KNOWN_VENDORS } from '@/lib/contract/vendors'
import { ACTORS, CAUSES, OWNER } from './causes'
import { ENTRIES, TENCENT_CODES, tencentCodeOf } from './dictionary'

describe('the dictionary', () => {
  test('has codes of Tencent and of every vendor, and loses none', () => {
    expect(ENTRIES.length).toBeGreaterThanOrEqual(265)
    expect(new Set(ENTRIES.map(({ vendor }) => vendor))).toEqual(new Set(['tencent', ...KNOWN_VENDORS]))
  })

  test('has a meaning, a fix and a source for every code', () => {
    for (const { meaning, source, name, fix } of ENTRIES) {
      expect([meaning, fix, source, name].every((text) => text.length > 0)).toBe(true)
    }
  })

  test('writes meanings and fixes as sentences', () => {
    for (const { meaning, fix } of [...ENTRIES, ...TENCENT_CODES]) {
      for (const text of [meaning, fix]) expect(text).toMatch(/^(\p{Lu}|v)[^;]+\.$/u)
    }
  })

  test('says per entry which texts make it certain, its name first', () => {
    for (const { name, certain, texts } of ENTRIES) {
      expect(certain[0]).toBe(name)
      expect(texts.filter((text) => certain.includes(text))).toEqual([])
    }
  })

  test('has every entry once', () => {
    const keys = ENTRIES.map(({ vendor, stage, code, name }) => `${vendor} ${stage} ${code} ${name}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('uses every cause, and every cause has one owner', () => {
    expect(new Set(ENTRIES.map(({ cause }) => cause))).toEqual(new Set(CAUSES))
    for (const cause of CAUSES) expect(ACTORS).toContain(OWNER[cause])
    expect(new Set(Object.values(OWNER))).toEqual(new Set(ACTORS))
  })
})

describe('codes of Tencent’s own answers', () => {
  test.each([
    [60020, 'console', false],
    [70001, 'none', false],
    [90045, 'console', false],
    [90102, 'none', true],
    [90103, 'user', false],
    [800016, 'dev', false],
  ])('%i is fixed by %s', (code, actor, retryable) => {
    expect(tencentCodeOf(code)).toMatchObject({ code, actor, retryable })
  })

  test('a code that no table has is null', () => {
    expect(tencentCodeOf(12345)).toBeNull()
  })
})
