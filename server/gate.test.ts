import { describe, expect, test } from 'vitest'
import { gate } from './gate.mjs'

const LOCAL = new URL('http://localhost:3000')
const PUBLIC = new URL('https://push.example.com')
const TREE = encodeURIComponent('["",{"children":["__PAGE__",{}]},null,null,16]')

type Headers = Record<string, string>
function ask(line: string, headers: Headers = {}, publicUrl = PUBLIC, trustProxy = 0) {
  const [method = '', target = ''] = line.split(' ')
  const all: Headers = { host: publicUrl.host, ...headers }
  const rawHeaders = Object.entries(all).flat()
  return gate({ method, target, headers: all, rawHeaders, remoteAddress: '203.0.113.9' }, { publicUrl, trustProxy })
}
function status(...args: Parameters<typeof ask>) {
  const decision = ask(...args)
  return 'refuse' in decision ? decision.refuse.status : 'redirect' in decision ? 307 : 200
}
function forward(...args: Parameters<typeof ask>) {
  const decision = ask(...args)
  if (!('forward' in decision)) throw new Error(`not forwarded: ${JSON.stringify(decision)}`)
  return decision.forward
}

describe('methods', () => {
  test.each(['GET', 'HEAD'])('%s is allowed everywhere', (method) => {
    expect([status(`${method} /`), status(`${method} /api/v1/apps`)]).toEqual([200, 200])
  })
  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is allowed on the API only', (method) => {
    expect([status(`${method} /`), status(`${method} /api/v1/apps`)]).toEqual([405, 200])
  })
  test.each(['OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'get', ''])('%j is allowed nowhere', (method) => {
    expect([status(`${method} /`), status(`${method} /api/v1/apps`)]).toEqual([405, 405])
  })
})

describe('the Host of a server without PUBLIC_URL that listens to its network', () => {
  const rules = { publicUrl: LOCAL, trustProxy: 0, privateAddresses: true }
  const asked = (line: string, headers: Headers, given = rules) => {
    const [method = '', target = ''] = line.split(' ')
    return gate(
      { method, target, headers, rawHeaders: Object.entries(headers).flat(), remoteAddress: '10.0.0.9' },
      given,
    )
  }
  const lan = { host: '192.168.1.5:8080', cookie: 'a=b' }

  test.each(['192.168.1.5:8080', '10.0.0.5', '127.0.0.1:3000', '[fd12::1]:3000', 'localhost:3000'])(
    'may be %s',
    (host) => expect(asked('GET /setup', { host })).toHaveProperty('forward'),
  )
  test.each([
    'evil.example:3000',
    'pushlens:3000',
    '8.8.8.8:3000',
    '169.254.1.1',
    '0x0a000005',
    '10.5',
    '10.0.0.5.evil.example',
  ])('may not be %s', (host) => expect(asked('GET /setup', { host })).toMatchObject({ refuse: { status: 421 } }))
  test('may be no such address where PUBLIC_URL is set', () => {
    const given = { ...rules, privateAddresses: false }
    expect(asked('GET /setup', { host: '192.168.1.5:3000' }, given)).toMatchObject({ refuse: { status: 421 } })
  })

  test('decides the Origin of changes, and the application gets its own', () => {
    const ours = 'http://192.168.1.5:8080'
    const accepted = asked('POST /api/v1/setup', { ...lan, origin: ours, referer: `${ours}/setup` })
    expect(accepted).toMatchObject({
      forward: { set: { host: 'localhost:3000', origin: LOCAL.origin, referer: `${LOCAL.origin}/setup` } },
    })
    for (const origin of [
      'http://192.168.1.6:8080',
      'http://192.168.1.5',
      'http://localhost:3000',
      'null',
      'http://evil.example',
    ])
      expect(asked('POST /api/v1/setup', { ...lan, origin }), origin).toMatchObject({ refuse: { code: 'bad_origin' } })
    const foreign = asked('GET /lookup', { ...lan, referer: 'http://192.168.1.50:8080/' })
    expect(JSON.stringify(foreign)).not.toContain('referer')
  })
})

describe('the Host', () => {
  test('must match PUBLIC_URL, ignoring case', () => {
    expect(status('GET /', { host: 'PUSH.example.com' })).toBe(200)
    expect(status('GET /', { host: 'push.example.com:8443' })).toBe(421)
    expect(status('GET /', { host: 'localhost' })).toBe(421)
  })

  test.each(['/healthz', '/readyz', '/metrics'])('can be anything on %s, and is not forwarded', (path) => {
    expect(forward(`GET ${path}`, { host: '10.0.0.7:3000' }).set.host).toBe('push.example.com')
  })

  test.each(['127.0.0.1:3000', '[::1]:3000'])('%s redirects pages to a loopback PUBLIC_URL', (host) => {
    expect(ask('GET /losses?x=1', { host }, LOCAL)).toEqual({ redirect: 'http://localhost:3000/losses?x=1' })
    expect(status('HEAD /', { host }, LOCAL)).toBe(307)
  })

  test('with a loopback name does not redirect at another port or on the API', () => {
    expect(status('GET /', { host: '127.0.0.1:3001' }, LOCAL)).toBe(421)
    expect(status('GET /api/v1/apps', { host: '127.0.0.1:3000' }, LOCAL)).toBe(421)
    expect(status('POST /api/v1/apps', { host: '127.0.0.1:3000' }, LOCAL)).toBe(421)
  })

  test('omits the default port of a loopback address', () => {
    const local = new URL('http://127.0.0.1')
    expect(ask('GET /', { host: 'localhost' }, local)).toEqual({ redirect: 'http://127.0.0.1/' })
  })
})

describe('a change', () => {
  const cookie = 'pl=1'
  test('with a cookie requires our Origin', () => {
    expect(status('POST /api/v1/apps', { cookie, origin: PUBLIC.origin })).toBe(200)
    expect(status('POST /api/v1/apps', { cookie })).toBe(403)
    expect(status('DELETE /api/v1/apps', { cookie, origin: 'null' })).toBe(403)
  })
  test('without a cookie can omit Origin but not send a foreign one', () => {
    expect(status('POST /api/v1/apps', { authorization: 'Bearer plk_1' })).toBe(200)
    expect(status('POST /api/v1/apps', { origin: 'https://evil.example' })).toBe(403)
  })
  test('does not include reads, which need no Origin', () => {
    expect(status('GET /api/v1/apps', { cookie })).toBe(200)
  })
})

describe('bodies', () => {
  test('have at most 64 KiB', () => {
    expect(status('POST /api/v1/apps', { 'content-length': '65536' })).toBe(200)
    expect(status('POST /api/v1/apps', { 'content-length': '65537' })).toBe(413)
  })
  test('that import campaigns have at most 4 MiB, at that address only', () => {
    const large = (path: string, length: number) =>
      status(`POST /api/v1/apps/${path}`, { 'content-length': `${length}` })
    expect(large('1/tasks/import', 4_194_304)).toBe(200)
    expect(large('1/tasks/import', 4_194_305)).toBe(413)
    expect(large('1/tasks/import/undo', 65_537)).toBe(413)
    expect(large('1/check?x=/tasks/import', 65_537)).toBe(413)
    expect(large('1/x/tasks/import', 65_537)).toBe(413)
  })
  test('must announce their length', () => {
    expect(status('POST /api/v1/apps', { 'transfer-encoding': 'chunked' })).toBe(411)
  })
})

describe('headers of client-side navigation', () => {
  const code = encodeURIComponent(
    '["",{"children":[["id","s1.x","d",null],{"children":["__PAGE__?{}",{}]}]},null,"refetch"]',
  )
  test.each([TREE, code])('pass if the framework can read them: %s', (tree) => {
    expect(status('GET /', { rsc: '1', 'next-router-state-tree': tree })).toBe(200)
  })

  test.each([
    ['', 'empty'],
    ['{', 'broken JSON'],
    ['%E0%A4%A', 'a broken escape'],
    ['null', 'not a tree'],
    ['[]', 'too short'],
    ['["",{},null,null,1,"x",2]', 'too long'],
    ['[1,{}]', 'a number for a segment'],
    ['["",{"children":1}]', 'a number for a child'],
    ['["",[["",{}]]]', 'a list of children'],
    ['["",{},null,"reload"]', 'an unknown marker'],
    ['[["id","1","x",null],{}]', 'an unknown kind of parameter'],
    [`["${'a'.repeat(40_000)}",{}]`, 'too many characters'],
    [`${'["",{"a":'.repeat(1_500)}1${'}]'.repeat(1_500)}`, 'deep nesting'],
    [`${TREE}, ${TREE}`, 'sent twice'],
  ])('are refused otherwise: %#, %s', (tree) => {
    for (const path of ['/', '/losses?_rsc=abc12', '/api/v1/apps'])
      expect(status(`GET ${path}`, { rsc: '1', 'next-router-state-tree': tree })).toBe(400)
  })

  test.each([
    ['rsc', 'yes'],
    ['next-router-prefetch', 'all'],
    ['next-router-segment-prefetch', '../x'],
    ['next-url', 'https://evil.example/'],
  ])('%s: %s is refused', (name, value) => {
    expect(status('GET /', { [name]: value })).toBe(400)
  })
})

describe('the framework’s own pages', () => {
  test.each(['/_global-error', '/_global-error.rsc', '/%5fglobal-error', '/_error', '/_not-found', '/_next-x'])(
    '%s is 404',
    (path) => {
      expect(status(`GET ${path}`)).toBe(404)
    },
  )
  test('do not include its scripts and styles', () => {
    expect(status('GET /_next/static/chunks/a.js')).toBe(200)
  })
})

describe('forwarded headers', () => {
  test('keep those of client-side navigation', () => {
    const navigation = { rsc: '1', 'next-router-state-tree': TREE, 'next-router-prefetch': '1', 'next-url': '/' }
    expect(forward('GET /losses?_rsc=1', { ...navigation, 'next-router-segment-prefetch': '/_tree' }).drop).toEqual([])
  })

  test('exclude those of the framework and of proxies', () => {
    const names = ['x-middleware-subrequest', 'x-nextjs-data', 'x-forwarded-host', 'forwarded', 'x-nonce', 'x-real-ip']
    expect(forward('GET /', Object.fromEntries(names.map((name) => [name, 'x']))).drop).toEqual(names)
  })

  test('include the framework’s request IDs in development only', () => {
    const headers = { host: PUBLIC.host, 'x-nextjs-request-id': '1', 'x-nextjs-data': '1' }
    const facts = { method: 'GET', target: '/', headers, rawHeaders: ['Host', PUBLIC.host], remoteAddress: undefined }
    const drops = [false, true].map((development) => gate(facts, { publicUrl: PUBLIC, trustProxy: 0, development }))
    expect(drops.map((d) => 'forward' in d && d.forward.drop)).toEqual([
      ['x-nextjs-request-id', 'x-nextjs-data'],
      ['x-nextjs-data'],
    ])
  })

  test('have scheme, host and client address set by the gate', () => {
    expect(forward('GET /losses?tag=a', { 'x-forwarded-for': '6.6.6.6', 'x-pushlens-target': '//evil' }).set).toEqual({
      host: 'push.example.com',
      'x-forwarded-host': 'push.example.com',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '203.0.113.9',
      'x-pushlens-address': '203.0.113.9',
      'x-pushlens-forwarded': 'ignored',
      'x-pushlens-target': '/losses?tag=a',
    })
  })

  test('say that a client address was not believed, and nobody outside can say so', () => {
    const said = (...args: Parameters<typeof forward>) => forward(...args).set['x-pushlens-forwarded']
    expect(said('GET /')).toBeUndefined()
    expect(said('GET /', { 'x-forwarded-for': '6.6.6.6' }, PUBLIC, 1)).toBeUndefined()
    expect(forward('GET /', { 'x-pushlens-forwarded': 'ignored' }).drop).toContain('x-pushlens-forwarded')
  })

  test('have the address that a trusted proxy wrote', () => {
    const { set } = forward('GET /', { 'x-forwarded-for': '6.6.6.6, 198.51.100.7' }, PUBLIC, 1)
    expect(set['x-pushlens-address']).toBe('198.51.100.7')
  })
})
