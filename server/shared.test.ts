import { describe, expect, test } from 'vitest'
import { contentPolicy } from './headers.mjs'
import { sharedAnswer, sharedPage, sharedRequest } from './shared.mjs'

describe('the page of a shared link', () => {
  test.each([
    ['/share/abc_-1', { id: 'abc_-1', language: null }],
    ['/share/abc?lang=ko', { id: 'abc', language: 'ko' }],
    ['/share/abc?_rsc=1&lang=zh-CN', { id: 'abc', language: 'zh-CN' }],
    ['/%73hare/%61bc', { id: 'abc', language: null }],
    ['/share/abc/more', { id: 'abc', language: null }],
    ['/share/abc?lang=ko%0d%0ax', { id: 'abc', language: null }],
  ])('%s is recognized', (target, page) => {
    expect(sharedPage(target)).toEqual(page)
  })

  test.each(['/', '/share', '/share/', '/shares/abc', '/api/v1/shares/abc/view', '/x/share/abc'])(
    '%s is none',
    (target) => {
      expect(sharedPage(target)).toBeNull()
    },
  )

  test('reaches the application without cookies, in the language of its address', () => {
    expect(sharedRequest({ language: null })).toEqual({ drop: ['cookie'], set: {} })
    expect(sharedRequest({ language: 'ko' })).toEqual({ drop: ['cookie'], set: { 'accept-language': 'ko' } })
  })

  test('may be framed by nobody without origins', () => {
    const answer = sharedAnswer(contentPolicy('abc'), [])
    expect(answer['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(answer).not.toHaveProperty('x-frame-options')
  })

  test('may be framed by its origins alone, and by no text that would end the directive', () => {
    const origins = ['https://wiki.example.com', 'http://127.0.0.1:8080', '*', "https://a.example; script-src 'self'"]
    const answer = sharedAnswer(contentPolicy('abc'), origins)
    expect(answer['content-security-policy']).toMatch(
      /frame-ancestors https:\/\/wiki\.example\.com http:\/\/127\.0\.0\.1:8080$/,
    )
    expect(answer['x-frame-options']).toBeNull()
  })

  test('is in no index, no cache and no Referer', () => {
    expect(sharedAnswer(contentPolicy('abc'), [])).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'no-store',
    })
  })
})
