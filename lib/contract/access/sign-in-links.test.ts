import { describe, expect, test } from 'vitest'
import { askedPath, dueSetUpHref, ownPath, signInHref, startOidcHref } from './sign-in-links'

const HOSTILE = [
  ...[
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
  ],
  ...['https://evil.example', 'HTTPS:evil.example', 'http:evil.example', 'javascript:alert(1)', 'data:text/html,x'],
  ...[
    'evil.example',
    '@evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/%2e%2e//evil.example',
  ],
  ...[
    '/%2f/evil.example',
    '/%2F%2Fevil.example',
    '/%5cevil.example',
    '/%09/evil.example',
    '/%00',
    '/%zz',
    '/a/../../b',
  ],
  ...['/%2e%2e/evil.example', '/losses?x=é', '/api', '/api/v1/apps/1/funnel?format=csv', '/%61pi/v1/apps', ''],
  `/${'a'.repeat(5_000)}`,
]

test.each([...HOSTILE, undefined, null, 1, ['/losses'], { toString: () => '/losses' }].map((next) => [next]))(
  'after sign-in, %j is never opened',
  (next) => {
    expect(ownPath(next)).toBe('/')
  },
)

test.each(HOSTILE)('a request for %j leads nowhere else', (target) => {
  const path = askedPath(target)
  expect(new URL(path, 'https://own.example').origin).toBe('https://own.example')
  expect(path).toMatch(/^\/(?!\/|\\|api)/)
})

describe('a page of this server', () => {
  test.each([
    '/losses?source=task&range=7d&tag=Food+%26+drink&group=owner',
    '/?source=task&task=a_b_c&task=d_e_f',
    '/?source=task&task=a%2Cb&tag=%E8%90%A5%E9%94%80',
    '/campaigns/a%2Fb?edit=1',
    '/lookup?k=s1.abc&next=//evil.example',
    '/losses?next=https://evil.example',
  ])('is opened as it was asked for: %s', (next) => {
    expect([ownPath(next), askedPath(next)]).toEqual([next, next])
    const sent = new URL(signInHref(next), 'https://own.example').searchParams.get('next')
    expect(ownPath(sent)).toBe(next)
  })

  test('has no fragment, which the server does not see', () => {
    expect(ownPath('/losses?x=1#post_send')).toBe('/losses?x=1')
  })

  test('is what people asked for, without the field of a soft navigation', () => {
    expect(askedPath('/losses?tag=a&_rsc=1a2b&group=code')).toBe('/losses?tag=a&group=code')
    expect([askedPath('/?_rsc=1a2b'), askedPath(null)]).toEqual(['/', '/'])
    expect(askedPath('/losses?_rscope=1')).toBe('/losses?_rscope=1')
  })
})

test('the overview needs no mention', () => {
  expect([signInHref('/'), dueSetUpHref('/'), signInHref('/', 'refused')]).toEqual([
    '/sign-in',
    '/sign-in/second-factor',
    '/sign-in?problem=refused',
  ])
  expect(dueSetUpHref('/losses?a=1')).toBe('/sign-in/second-factor?next=%2Flosses%3Fa%3D1')
  expect(startOidcHref('/losses')).toBe('/api/auth/signin/oidc?next=%2Flosses')
})
