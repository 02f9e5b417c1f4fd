import { describe, expect, test } from 'vitest'
import { contentPolicy, EMPTY_POLICY, newNonce, safetyHeaders } from './headers.mjs'

const directives = (policy: string) =>
  new Map(policy.split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1)]))

describe('the content policy', () => {
  test('allows scripts by nonce only: no inline scripts, no eval', () => {
    const policy = directives(contentPolicy('abc'))
    expect(policy.get('script-src')).toEqual(["'self'", "'nonce-abc'", "'strict-dynamic'"])
    expect(policy.get('style-src')).toEqual(["'self'", "'nonce-abc'"])
    expect(policy.get('default-src')).toEqual(["'self'"])
    expect(policy.get('manifest-src')).toEqual(["'self'"])
  })

  test.each(['object-src', 'base-uri', 'frame-ancestors'])('sets %s to none', (name) => {
    expect(directives(contentPolicy('abc')).get(name)).toEqual(["'none'"])
  })

  test('allows eval, inline styles and the reload socket in development only', () => {
    expect(contentPolicy('abc').replace("style-src-attr 'unsafe-inline'", '')).not.toMatch(/unsafe|ws:/)
    expect(contentPolicy('abc', { development: true })).toMatch(/unsafe-eval.*style-src 'self' 'unsafe-inline'.*ws:/)
  })

  test('uses a new nonce of at least 128 bits each time', () => {
    const nonces = new Set(Array.from({ length: 100 }, newNonce))
    expect(nonces.size).toBe(100)
    for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
  })

  test('of a refusal loads nothing', () => {
    expect(directives(EMPTY_POLICY).get('default-src')).toEqual(["'none'"])
  })
})

describe('the safety headers', () => {
  test('are on every answer', () => {
    expect(safetyHeaders(new URL('http://localhost:3000'))).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
  })

  test('include HSTS only if the address is https', () => {
    expect(safetyHeaders(new URL('http://localhost:3000'))).not.toHaveProperty('strict-transport-security')
    expect(safetyHeaders(new URL('https://push.example.com'))).toHaveProperty('strict-transport-security')
  })
})
