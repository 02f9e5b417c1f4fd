import { expect, test } from 'vitest'
import type { ShareRow } from '@/lib/store/people/shares'
import { frameAncestors, openTitle } from './shell'

const ROW = { name: 'Weekly', origins: '["https://wiki.example"]', picture: 1, ends_at: 100, revoked_at: null }
const shares = (over: object = {}) => ({
  byId: async (id: string) => (id === 'known' ? ({ ...ROW, ...over } as unknown as ShareRow) : null),
})

test('a link may be framed by its origins, also after its end; an unknown one by nobody, a preview by ourselves', async () => {
  expect(await frameAncestors(shares(), 'known')).toEqual(['https://wiki.example'])
  expect(await frameAncestors(shares({ revoked_at: 5 }), 'known')).toEqual(['https://wiki.example'])
  expect(await frameAncestors(shares(), 'unknown')).toEqual([])
  expect(await frameAncestors(shares(), 'preview')).toEqual(["'self'"])
})

test('chat apps see the name only where the creator chose so, and while the link may open', async () => {
  expect(await openTitle(shares(), 'known', 99)).toBe('Weekly')
  for (const over of [{ picture: 0 }, { revoked_at: 5 }, { ends_at: 99 }]) {
    expect(await openTitle(shares(over), 'known', 99)).toBeNull()
  }
  expect(await openTitle(shares(), 'unknown', 99)).toBeNull()
})
