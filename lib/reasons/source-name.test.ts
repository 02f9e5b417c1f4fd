import { describe, expect, test } from 'vitest'
import { sourceNameOf } from '@/lib/contract/source-name'
import { ENTRIES, TENCENT_CODES } from './dictionary'

describe('the name of a source', () => {
  test.each([
    [
      'https://open.oppomobile.com (return-code page, stored copy in public repo)',
      'OPPO Open Platform',
      'https://open.oppomobile.com',
    ],
    [
      'vivo push server API (as summarised in public code tables; e.g. https://dev.vivo.com.cn/documentCenter)',
      'vivo Open Platform',
      'https://dev.vivo.com.cn/documentCenter',
    ],
    [
      'https://trtc.io/document/71895 , https://trtc.io/document/71898 (2025-07-17)',
      'Tencent documentation',
      'https://trtc.io/document/71895',
    ],
    ['the public meizu-push package and Flyme push SDK READMEs (public repos)', 'Meizu push SDK', null],
    ['https://www.example.org/codes (copy)', 'example.org', 'https://www.example.org/codes'],
    ['https://notapple.com/x', 'notapple.com', 'https://notapple.com/x'],
    ['A table of codes, via a public repo', 'A table of codes', null],
  ])('%s', (source, name, url) => {
    expect(sourceNameOf(source)).toEqual({ name, url })
  })

  test('is short for every entry, without notes about the research', () => {
    for (const { source } of [...ENTRIES, ...TENCENT_CODES]) {
      const found = sourceNameOf(source)
      expect(found.name, source).toMatch(/^[\w .]{3,25}$/)
      expect(found.name).not.toMatch(/copy|repo|summar/i)
    }
  })
})
