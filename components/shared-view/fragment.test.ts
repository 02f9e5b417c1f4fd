import { expect, test } from 'vitest'
import { decodePreview, PREVIEW_ID, previewHref } from '@/lib/contract/shares/preview'
import type { ShareScope } from '@/lib/contract/shares/scope'
import { accessOf, secretOfAddress } from './fragment'

const SECRET = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE'
const SCOPE: ShareScope = {
  pages: ['overview'],
  source: 'task',
  tasks: { kind: 'tag', tag: '가을 세일 🍂' },
  vendors: null,
  range: { mode: 'rolling', preset: '7d' },
  dates: { kind: 'none' },
  figures: 'rates',
}

test('the part after # opens a link, and an address without it opens nothing', () => {
  expect(accessOf('abc', `#${SECRET}`)).toEqual({ kind: 'link', id: 'abc', secret: SECRET })
  expect(accessOf('abc', '')).toBeNull()
  expect(accessOf('abc', '#')).toBeNull()
})

test('the secret is taken from the whole address of this link alone', () => {
  expect(secretOfAddress(` https://push.example/share/abc#${SECRET}\n`, 'abc')).toBe(SECRET)
  expect(secretOfAddress(`https://push.example/share/abc?lang=ko#${SECRET}`, 'abc')).toBe(SECRET)
  const wrong = [
    '',
    SECRET,
    'https://push.example/share/abc',
    `https://push.example/share/other#${SECRET}`,
    '/share/abc#x',
  ]
  expect(wrong.map((text) => secretOfAddress(text, 'abc'))).toEqual(wrong.map(() => null))
})

test('a preview carries its scope in the fragment, in any language', () => {
  const { pathname, hash } = new URL(previewHref({ app: 'game', scope: SCOPE }), 'https://push.example')
  expect(pathname).toBe('/share/preview')
  expect(accessOf(PREVIEW_ID, hash)).toEqual({ kind: 'preview', app: 'game', scope: SCOPE })
})

test.each(['', 'x', 'e30', SECRET, btoa('null'), btoa('{"app":1,"scope":{}}')])('%j is no preview', (fragment) => {
  expect(decodePreview(fragment)).toBeNull()
})
