import { describe, expect, test } from 'vitest'
import { KNOWN_VENDORS } from '@/lib/contract/vendors'
import { ACTORS, CAUSES, OWNER } from './causes'
import { ENTRIES, tencentCodeOf } from './dictionary'

describe('the dictionary', () => {
  test('holds all codes, of Tencent and of all eight vendors', () => {
    expect(ENTRIES).toHaveLength(265)
    expect(new Set(ENTRIES.map(({ vendor }) => vendor))).toEqual(new Set(['tencent', ...KNOWN_VENDORS]))
  })

  test('says of every code what it means and where that was read', () => {
    for (const { meaning, source, name } of ENTRIES) {
      expect([meaning, source, name].every((text) => text.length > 0)).toBe(true)
    }
  })

  test('has no entry twice', () => {
    const keys = ENTRIES.map(({ vendor, stage, code, name }) => `${vendor} ${stage} ${code} ${name}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('uses every cause, and every cause has its one owner from the closed list', () => {
    expect(new Set(ENTRIES.map(({ cause }) => cause))).toEqual(new Set(CAUSES))
    for (const cause of CAUSES) expect(ACTORS).toContain(OWNER[cause])
    expect(new Set(Object.values(OWNER))).toEqual(new Set(ACTORS))
  })
})

describe('codes of Tencent own answers', () => {
  test.each([
    [60020, 'console', false],
    [70001, 'none', false],
    [90045, 'console', false],
    [90102, 'none', true],
    [90103, 'user', false],
    [800016, 'dev', false],
  ])('%i is the matter of %s', (code, actor, retryable) => {
    expect(tencentCodeOf(code)).toMatchObject({ code, actor, retryable })
  })

  test('one that is in no table is unknown', () => {
    expect(tencentCodeOf(12345)).toBeNull()
  })
})
