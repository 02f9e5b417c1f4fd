import { createServer } from 'node:net'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ENDPOINTS } from '@/lib/contract/sources'
import { realClock } from '@/lib/testing/clock'
import { appAt, type Call, type TestUpstream, upstream } from './testing/http-server'
import { questionOf, sample, sampleNames } from './testing/samples'
import { createTimPush } from './tim-push'

const KEY = 'canary-key-3f9ac1d27b5e48f0a6c2'
const ADMIN = 'canary-admin'
const LIMITS = { budgetMs: 300, maxBytes: 100_000 }

let answer: (response: import('node:http').ServerResponse, call: Call) => void
let server: TestUpstream
const ends: (() => void)[] = []

beforeEach(async () => {
  server = await upstream((response, call) => answer(response, call))
})
afterEach(async () => {
  await server.close()
  for (const end of ends.splice(0)) end()
  vi.restoreAllMocks()
})

/** Returns everything visible of a thrown value: text, stack, hidden and inherited properties, and causes. */
function inspectAll(error: unknown): string {
  const deep = inspect(error, {
    showHidden: true,
    depth: Number.POSITIVE_INFINITY,
    getters: true,
    maxStringLength: null,
  })
  return [deep, String(error), JSON.stringify(error), error instanceof Error ? error.stack : ''].join('\n')
}

/** Lets calls to this URL fail and checks that no error and no output contains the key, the signature or the URL. */
async function expectNoLeak(url: string, endpoints: readonly (typeof ENDPOINTS)[number][] = ['normal_push_loss']) {
  const printed = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  for (const spy of printed) spy.mockReturnValue(true)
  const timPush = createTimPush({ clock: realClock, limits: LIMITS })
  const texts: string[] = []
  for (const endpoint of endpoints) {
    const app = appAt(url, { secretKey: async () => KEY, adminId: ADMIN })
    await timPush.call(app, questionOf(endpoint)).then(
      () => texts.push('accepted'),
      (error) => texts.push(inspectAll(error)),
    )
  }
  await timPush.close()
  texts.push(...printed.flatMap((spy) => spy.mock.calls.map(String)))
  const signatures = server.calls.map((call) => call.query.get('usersig') ?? '').filter(Boolean)
  for (const text of texts) {
    for (const secret of [KEY, ADMIN, 'usersig=', 'eJx', '/v4/timpush', ...signatures])
      expect(text).not.toContain(secret)
    expect(text).not.toBe('accepted')
    expect(text).toMatch(/UpstreamError/)
  }
  return signatures
}

test('no error answer leaks a secret, even if it echoes the request', async () => {
  for (const name of sampleNames().filter((each) => each.startsWith('error.'))) {
    const raw = sample(name)
    answer = (response, { query }) => response.end(raw.replace(/("ErrorInfo": ")/, `$1${query} ${KEY} `))
    expect((await expectNoLeak(server.url, ENDPOINTS)).length).toBeGreaterThan(0)
  }
})

test.each<[string, (response: import('node:http').ServerResponse, call: Call) => void]>([
  ['an echo of the request that is not JSON', (response, { query }) => response.end(`<html>${query} ${KEY}`)],
  ['an echo with status 502', (response, { query }) => response.writeHead(502).end(`${query} ${KEY}`)],
  ['a redirect back to the same', (response, { query }) => response.writeHead(302, { location: `/?${query}` }).end()],
  ['an echo as encoding', (response, { query }) => response.setHeader('content-encoding', `${query}`).end('x')],
  ['a broken gzip', (response) => response.setHeader('content-encoding', 'gzip').end('x')],
  ['a bomb', (response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('x'.repeat(1_000_000)))],
  ['a reset', (response) => response.socket?.resetAndDestroy()],
  [
    'an end in the middle',
    (response) => response.writeHead(200, { 'content-length': 9 }).write('x', () => response.socket?.end()),
  ],
  ['silence', () => {}],
])('%s leaks nothing', async (_, behaviour) => {
  answer = behaviour
  const signatures = await expectNoLeak(server.url)
  expect(signatures).toHaveLength(1)
})

test('an echo that is not HTTP leaks nothing', async () => {
  const raw = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => socket.end(data))
  })
  ends.push(() => raw.close())
  await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve))
  const address = raw.address()
  await expectNoLeak(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
})

test.each(['http://127.0.0.1:1', 'http://upstream.invalid', 'not an address', 'ftp://host', 'http://[::bad', ''])(
  'a URL that cannot be called leaks nothing: %j',
  async (url) => {
    await expectNoLeak(url)
  },
)

test('this check would detect a secret in an error', () => {
  const error = new Error('x', { cause: Object.assign(new Error('y'), { hidden: { deep: { deeper: [KEY] } } }) })
  expect(inspectAll(error)).toContain(KEY)
  expect(inspectAll(Object.defineProperty(new Error('x'), 'secret', { value: KEY, enumerable: false }))).toContain(KEY)
})
