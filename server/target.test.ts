import { describe, expect, test } from 'vitest'
import { isApi, isHealth, targetProblem } from './target.mjs'

const status = (target: string) => targetProblem(target)?.status ?? null

describe('a request target', () => {
  test.each([
    '/',
    '/campaigns?source=task&from=2026-10-01',
    '/lookup/user/a%2Fb%40c',
    '/campaigns/%E6%8E%A8%E9%80%81',
    '/_next/static/chunks/%5Broot%5D.js',
    '/sign-in?callbackUrl=http%3A%2F%2Flocalhost%3A3000%2F',
    '/sign-in?callbackUrl=http://localhost:3000//x',
    '/a..b/...',
  ])('%s passes', (target) => {
    expect(status(target)).toBeNull()
  })

  test.each([
    ['absolute form', 'http://evil.example/'],
    ['asterisk form', '*'],
    ['authority form', 'evil.example:443'],
    ['nothing', ''],
    ['two slashes', '//evil.example'],
    ['two slashes inside', '/a//b'],
    ['an encoded second slash', '/%2fevil.example'],
    ['two encoded slashes', '/a%2F%2Fb'],
    ['a backslash', '/\\evil.example'],
    ['a backslash in the query', '/?a=\\'],
    ['an encoded backslash', '/%5cevil.example'],
    ['a fragment', '/a#b'],
    ['a space', '/a b'],
    ['a control character', '/a\x01'],
    ['an encoded control character', '/a%0d%0aset-cookie'],
    ['a null byte', '/a%00'],
    ['a null byte in the query', '/?q=%00'],
    ['raw UTF-8', '/\u00e9'],
    ['dot segments', '/a/../b'],
    ['an encoded dot segment', '/%2e%2e/etc/passwd'],
    ['a half-encoded dot segment', '/.%2E/x'],
    ['a dot segment by an encoded slash', '/a%2f..%2fb'],
    ['a single dot', '/./x'],
    ['a broken escape', '/%zz'],
    ['a lone surrogate’s bytes', '/%ed%a0%80'],
  ])('%s is refused', (_, target) => {
    expect(status(target)).toBe(400)
  })

  test('has at most 4096 bytes', () => {
    expect(status(`/${'a'.repeat(4_095)}`)).toBeNull()
    expect(status(`/${'a'.repeat(4_096)}`)).toBe(414)
  })

  test('matches the API in its plain spelling only', () => {
    expect(['/api', '/api/v1/apps', '/api?x'].map(isApi)).toEqual([true, true, true])
    expect(['/apis', '/API/v1', '/%61pi/v1', '/x/api/'].map(isApi)).toEqual([false, false, false, false])
  })

  test('matches a health route with any query', () => {
    expect(['/healthz', '/readyz?x', '/metrics'].map(isHealth)).toEqual([true, true, true])
    expect(['/healthz/x', '/health', '/api/healthz'].map(isHealth)).toEqual([false, false, false])
  })
})
