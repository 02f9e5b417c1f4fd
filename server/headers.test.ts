import { describe, expect, test } from 'vitest'
import { contentPolicy, EMPTY_POLICY, newNonce, safetyHeaders } from './headers.mjs'

const directives = (policy: string) =>
  new Map(policy.split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1)]))

describe('the content policy', () => {
  test('lets scripts run by nonce alone: neither inline nor eval', () => {
    const policy = directives(contentPolicy('abc'))
    expect(policy.get('script-src')).toEqual(["'self'", "'nonce-abc'", "'strict-dynamic'"])
    expect(policy.get('style-src')).toEqual(["'self'", "'nonce-abc'"])
    expect(policy.get('default-src')).toEqual(["'self'"])
  })

  test.each(['object-src', 'base-uri', 'frame-ancestors'])('%s is closed', (name) => {
    expect(directives(contentPolicy('abc')).get(name)).toEqual(["'none'"])
  })

  test('eval, inline styles and the reload socket are for development only', () => {
    expect(contentPolicy('abc').replace("style-src-attr 'unsafe-inline'", '')).not.toMatch(/unsafe|ws:/)
    expect(contentPolicy('abc', { development: true })).toMatch(/unsafe-eval.*style-src 'self' 'unsafe-inline'.*ws:/)
  })

  test('a nonce is fresh each time and at least 128 bits', () => {
    const nonces = new Set(Array.from({ length: 100 }, newNonce))
    expect(nonces.size).toBe(100)
    for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
  })

  test('a refusal loads nothing', () => {
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

  test('promise https only where the address is https', () => {
    expect(safetyHeaders(new URL('http://localhost:3000'))).not.toHaveProperty('strict-transport-security')
    expect(safetyHeaders(new URL('https://push.example.com'))).toHaveProperty('strict-transport-security')
  })
})
