import { createServer } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { Client, type ClientLimits } from './client'
import { type TestUpstream, upstream } from './testing/http-server'

const ENDPOINT = 'normal_push_loss'
const MIB = 1024 * 1024
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

function client(limits: Partial<ClientLimits> = {}): Client {
  const made = new Client({ budgetMs: 5_000, connectMs: 3_000, maxBytes: MIB, ...limits })
  ends.push(() => made.close())
  return made
}

async function serving(answer: Parameters<typeof upstream>[0]): Promise<TestUpstream> {
  const server = await upstream(answer)
  ends.push(() => server.close())
  return server
}

/** Starts a server that sends these bytes to every client and closes the connection, cleanly or with a reset. */
async function saying(bytes: string, hangUp: 'end' | 'reset'): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write(bytes, () => (hangUp === 'end' ? socket.end() : socket.resetAndDestroy()))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => new Promise((resolve) => server.close(() => resolve())))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

const post = (made: Client, url: string, signal?: AbortSignal) =>
  made.post(ENDPOINT, url, { StartTime: 1 }, signal ? { signal } : {})

describe('a call', () => {
  test('is a POST of JSON and returns the text unchanged', async () => {
    const text = '\ufeff{"ä":"没有"}'
    const server = await serving((response) => response.end(text))
    expect(await post(client(), `${server.url}/path?a=b`)).toBe(text)
    expect(server.calls).toMatchObject([
      { method: 'POST', path: '/path', body: { StartTime: 1 }, headers: { 'content-type': 'application/json' } },
    ])
  })

  // A second connection is allowed: a call may begin while the previous connection is being returned to the pool.
  test('reuses connections', async () => {
    const server = await serving((response) => response.end('{}'))
    const made = client()
    for (let n = 0; n < 20; n++) await post(made, server.url)
    expect(server.connections()).toBeLessThanOrEqual(2)
  })

  test('is not sent when it is too late at the moment of sending', async () => {
    const server = await serving((response) => response.end('{}'))
    const made = client()
    for (const warm of [false, true]) {
      const late = made.post(ENDPOINT, server.url, {}, { maySend: () => false })
      await expect(late).rejects.toMatchObject({ code: 'upstream_timeout' })
      expect(server.calls).toHaveLength(warm ? 1 : 0)
      expect(await made.post(ENDPOINT, server.url, {}, { maySend: () => true })).toBe('{}')
    }
    expect(server.calls).toHaveLength(2)
  })

  test.each([
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (text: string) => text],
  ])('reads an answer encoded with %s', async (encoding, pack) => {
    const text = '{"text":"没有"}'.repeat(10_000)
    const server = await serving((response) => response.setHeader('content-encoding', encoding).end(pack(text)))
    expect(await post(client(), server.url)).toBe(text)
    expect(server.calls[0]?.headers['accept-encoding']).toBe('gzip, deflate, br')
  })
})

describe('an answer above the size limit is unreadable', () => {
  const tooLarge = { code: 'upstream_unreadable', message: 'normal_push_loss: upstream_unreadable: it is too large' }

  test('but not exactly at the limit', async () => {
    const server = await serving((response) => response.end('x'.repeat(MIB)))
    expect(await post(client(), server.url)).toHaveLength(MIB)
  })

  test('while it arrives, even if it never ends', async () => {
    const server = await serving((response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', more)
      }
      more()
    })
    await expect(post(client(), server.url)).rejects.toMatchObject(tooLarge)
  })

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ])('after decompression, even if it arrived small (%s)', async (encoding, pack) => {
    const bomb = pack('0'.repeat(16 * MIB))
    expect(bomb.length).toBeLessThan(MIB / 8)
    const server = await serving((response) => response.setHeader('content-encoding', encoding).end(bomb))
    await expect(post(client(), server.url)).rejects.toMatchObject(tooLarge)
  })
})

describe('an answer that cannot be decompressed is unreadable', () => {
  test.each([
    ['has another encoding', 'gzip', Buffer.from('{"a":1}')],
    ['has another encoding', 'br', Buffer.from([255, 255, 255, 255, 255, 255])],
    ['has another encoding', 'deflate', Buffer.from('{"a":1}')],
    ['is cut off', 'gzip', gzipSync('x'.repeat(1_000)).subarray(0, 20)],
    ['names two encodings', 'gzip, gzip', gzipSync(gzipSync('{}'))],
    ['names an unknown one', 'zstd', Buffer.from('{}')],
    ['names an object property', 'constructor', Buffer.from('{}')],
  ])('that %s: %s', async (_, encoding, body) => {
    const server = await serving((response) => response.setHeader('content-encoding', encoding).end(body))
    await expect(post(client(), server.url)).rejects.toMatchObject({ code: 'upstream_unreadable', kind: 'transient' })
  })
})

describe('a status other than 200 is a bad gateway', () => {
  test.each([201, 204, 400, 403, 404, 429, 500, 502, 503])('%i', async (status) => {
    const server = await serving((response) => response.writeHead(status).end(status === 204 ? '' : '<html>'))
    const error = { code: 'upstream_bad_gateway', kind: 'transient', upstreamCode: null }
    await expect(post(client(), server.url)).rejects.toMatchObject(error)
  })

  test.each([301, 302, 303, 307, 308])('%i is not followed', async (status) => {
    const elsewhere = await serving((response) => response.end('{}'))
    const server = await serving((response) => response.writeHead(status, { location: elsewhere.url }).end())
    await expect(post(client(), server.url)).rejects.toMatchObject({ code: 'upstream_bad_gateway' })
    expect(elsewhere.calls).toEqual([])
  })

  test('an answer that is not HTTP is one too', async () => {
    const url = await saying('220 mail.example ready\r\n', 'end')
    await expect(post(client(), url)).rejects.toMatchObject({ code: 'upstream_bad_gateway', kind: 'transient' })
  })
})

describe('a connection that fails is unreachable', () => {
  const unreachable = { code: 'upstream_unreachable', kind: 'transient', upstreamCode: null }

  test('refused', async () => {
    const server = await upstream(() => {})
    await server.close()
    await expect(post(client(), server.url)).rejects.toMatchObject(unreachable)
  })

  test('reset before the answer', async () => {
    await expect(post(client(), await saying('', 'reset'))).rejects.toMatchObject(unreachable)
  })

  test('closed before the answer', async () => {
    await expect(post(client(), await saying('', 'end'))).rejects.toMatchObject(unreachable)
  })

  test.each(['end', 'reset'] as const)('cut off in the middle of the answer: %s', async (how) => {
    const url = await saying('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a":', how)
    await expect(post(client(), url)).rejects.toMatchObject(unreachable)
  })

  test('an unknown host, an invalid URL', async () => {
    await expect(post(client(), 'http://upstream.invalid')).rejects.toMatchObject(unreachable)
    await expect(post(client(), 'not an address')).rejects.toMatchObject(unreachable)
  })
})

describe('the time budget', () => {
  const late = { code: 'upstream_timeout', kind: 'transient', upstreamCode: null }

  test.each<[string, Parameters<typeof upstream>[0]]>([
    ['never answers', () => {}],
    ['begins and never ends', (response) => response.write('{"a":')],
    ['refuses without an end', (response) => response.writeHead(502).write('<html>')],
  ])('ends a call when the upstream %s', async (name, answer) => {
    const server = await serving(answer)
    const expected = name.startsWith('refuses') ? { code: 'upstream_bad_gateway' } : late
    await expect(post(client({ budgetMs: 200 }), server.url)).rejects.toMatchObject(expected)
  })

  test('covers the whole call: bytes that keep arriving do not extend it', async () => {
    let writes: NodeJS.Timeout | undefined
    const server = await serving((response) => {
      writes = setInterval(() => response.write(' '), 20)
    })
    const start = performance.now()
    await expect(post(client({ budgetMs: 300 }), server.url)).rejects.toMatchObject(late)
    clearInterval(writes)
    expect(performance.now() - start).toBeGreaterThanOrEqual(290)
  })

  test('is not the only limit: the caller’s signal rejects with the caller’s reason', async () => {
    const giveUp = new AbortController()
    const reason = new Error('the lease is gone')
    const server = await serving(() => giveUp.abort(reason))
    await expect(post(client(), server.url, giveUp.signal)).rejects.toBe(reason)
    await expect(post(client(), server.url, giveUp.signal)).rejects.toBe(reason)
    expect(server.calls).toHaveLength(1)
  })
})

test('the connection of a refused answer is closed at once, without waiting for the rest', async () => {
  let closed = () => {}
  const closing = new Promise<void>((resolve) => {
    closed = resolve
  })
  const server = await serving((response) => response.on('close', closed).writeHead(502).write('and so on'))
  await expect(post(client({ budgetMs: 60_000 }), server.url)).rejects.toMatchObject({ code: 'upstream_bad_gateway' })
  await closing
})

test('a failed call does not affect later calls', async () => {
  const server = await serving((response, { query }) => {
    if (query.has('fail')) response.writeHead(502).end('x'.repeat(100_000))
    else response.end('{}')
  })
  const made = client()
  for (let n = 0; n < 5; n++) {
    await expect(post(made, `${server.url}/?fail`)).rejects.toMatchObject({ code: 'upstream_bad_gateway' })
    expect(await post(made, server.url)).toBe('{}')
  }
})
