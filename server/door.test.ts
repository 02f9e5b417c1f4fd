import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { door } from './door.mjs'
import { listen, listenProblem } from './listen.mjs'
import { stopper } from './stop.mjs'
import { rawRequest } from './testing/corpus-parts.mjs'
import { send } from './testing/replay.mjs'

const HOST = 'Host: push.example'
const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections()
})

interface Options {
  handler?: (req: IncomingMessage, res: ServerResponse) => unknown
  publicUrl?: string
  limits?: Record<string, number>
  maxConnections?: number
  frameAncestors?: (id: string) => Promise<readonly string[]>
}
async function start(options: Options = {}) {
  const { handler = (_, res) => res.end('ok'), publicUrl = 'http://push.example', ...rest } = options
  const { frameAncestors = async () => [], ...cut } = rest
  const { server, port } = await listen({ host: '127.0.0.1', port: 0, ...cut })
  const errors: unknown[] = []
  let aborts = 0
  const rules = { publicUrl: new URL(publicUrl), trustProxy: 0 }
  const onError = (error: unknown) => errors.push(error)
  const onAbort = () => aborts++
  server.on('request', door({ handler, rules, startId: 'start-1', onError, onAbort, frameAncestors }))
  open.push(server)
  return { server, port, errors, aborts: () => aborts }
}

/** Returns a promise and its resolver, to keep a request open. */
function deferred() {
  let release = () => {}
  const promise = new Promise<void>((resolve) => {
    release = resolve
  })
  return { promise, release }
}

describe('an answer', () => {
  test('has the policy with the nonce that the application received, new each time', async () => {
    const { port } = await start({
      handler: (req, res) => res.end(`${req.headers['x-nonce']} | ${req.headers['content-security-policy']}`),
    })
    const first = await send(port, rawRequest('GET /', [HOST]))
    const [nonce = '', policy = ''] = first.body.split('\r\n')[0]?.split(' | ') ?? []
    expect(policy).toContain(`'nonce-${nonce}'`)
    expect(first.head).toContain(`content-security-policy: ${policy}`)
    expect((await send(port, rawRequest('GET /', [HOST]))).body).not.toContain(nonce)
  })

  test('has the safety headers, and HSTS only under https', async () => {
    const plain = await start()
    expect((await send(plain.port, rawRequest('GET /', [HOST]))).head).toMatch(/x-frame-options: DENY/)
    const secure = await start({ publicUrl: 'https://push.example' })
    const [a, b] = await Promise.all([plain, secure].map(({ port }) => send(port, rawRequest('GET /', [HOST]))))
    expect([a?.head.includes('strict-transport'), b?.head.includes('strict-transport')]).toEqual([false, true])
  })

  test('of a health route has the start ID; of a page does not', async () => {
    const { port } = await start()
    expect((await send(port, rawRequest('GET /readyz', ['Host: 10.0.0.1']))).head).toMatch(/x-pushlens-start: start-1/)
    expect((await send(port, rawRequest('GET /', [HOST]))).head).not.toMatch(/x-pushlens-start/)
  })

  test('for another loopback name redirects to the configured one only', async () => {
    const { port } = await start({ publicUrl: 'http://localhost:3000' })
    const { status, head } = await send(port, rawRequest('GET /losses?to=//evil.example', ['Host: 127.0.0.1:3000']))
    expect(status).toBe(307)
    expect(head).toMatch(/^location: http:\/\/localhost:3000\/losses\?to=\/\/evil\.example$/m)
  })

  test('hides dropped headers from the application in every form', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `x-middleware-${i}: evil`)
    const { port } = await start({
      handler: (req, res) => res.end(JSON.stringify([req.headers, req.rawHeaders, req.headersDistinct])),
    })
    const { body } = await send(port, rawRequest('GET /', [HOST, ...names, 'X-Kept: 1']))
    expect(body).not.toContain('evil')
    expect(body.match(/x-kept/gi)).toHaveLength(3)
  })
})

describe('the page of a shared link', () => {
  test('reaches the application without cookies and may be framed by its origins', async () => {
    const { port } = await start({
      handler: (req, res) => res.end(`${req.headers.cookie} ${req.headers['accept-language']}`),
      frameAncestors: async (id) => (id === 'abc' ? ['https://wiki.example'] : []),
    })
    const { head, body } = await send(port, rawRequest('GET /share/abc?lang=ko', [HOST, 'Cookie: pl=session']))
    expect(body).toContain('undefined ko')
    expect(head).toMatch(/frame-ancestors https:\/\/wiki\.example/)
    expect(head).toMatch(/referrer-policy: no-referrer/)
    expect(head).not.toMatch(/x-frame-options/)
    const other = await send(port, rawRequest('GET /share/other', [HOST]))
    expect(other.head).toMatch(/frame-ancestors 'none'/)
    expect(other.head).toMatch(/x-frame-options: DENY/)
  })

  test('may be framed by nobody while its origins cannot be read', async () => {
    const { port, errors } = await start({ frameAncestors: () => Promise.reject(new Error('no database')) })
    const { status, head } = await send(port, rawRequest('GET /share/abc', [HOST]))
    expect([status, errors.length]).toEqual([200, 1])
    expect(head).toMatch(/frame-ancestors 'none'/)
  })
})

describe('an application that fails', () => {
  test.each([
    [
      'throws',
      () => {
        throw new Error('secret detail')
      },
    ],
    ['rejects', () => Promise.reject(new Error('secret detail'))],
  ])('and %s answers 500 without details', async (_, handler) => {
    const { port, errors } = await start({ handler })
    const { status, body } = await send(port, rawRequest('GET /api/v1/apps', [HOST]))
    expect(status).toBe(500)
    expect(JSON.parse(body)).toMatchObject({ code: 'internal', status: 500 })
    expect(body).not.toMatch(/secret|at .*:\d/)
    expect(errors).toHaveLength(1)
  })

  test('in the middle of an answer drops the connection, so that the answer is visibly incomplete', async () => {
    const { port } = await start({
      handler: (_, res) => {
        res.writeHead(200, { 'content-length': 100 }).write('half')
        throw new Error('late')
      },
    })
    expect((await send(port, rawRequest('GET /', [HOST]))).body.length).toBeLessThan(100)
  })
})

describe('a slow client', () => {
  const limits = { headersTimeout: 200, requestTimeout: 300, connectionsCheckingInterval: 50 }

  test.each([
    ['headers', `GET / HTTP/1.1\r\n${HOST}\r\nX-A: `],
    ['body', `POST /api/v1/apps HTTP/1.1\r\n${HOST}\r\nContent-Length: 9\r\n\r\nab`],
  ])('is disconnected while it slowly sends its %s', async (_, raw) => {
    const seen: string[] = []
    const { port } = await start({
      limits,
      handler: (req, res) => req.on('end', () => res.end(seen.push('whole'))).resume(),
    })
    expect([0, 408]).toContain((await send(port, raw)).status)
    expect(seen).toEqual([])
  })
})

describe('a client that disconnects while it sends a body', () => {
  const head = (length: number) => `POST /api/v1/apps HTTP/1.1\r\n${HOST}\r\nContent-Length: ${length}\r\n`

  test('is counted, once', async () => {
    const reading = deferred()
    const errors: unknown[] = []
    const { port, aborts } = await start({
      handler: (req) => req.on('data', () => reading.release()).on('error', (error) => errors.push(error)),
    })
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head(100)}\r\nhalf`))
    await reading.promise
    socket.destroy()
    await vi.waitFor(() => expect(errors).toHaveLength(1))
    expect(aborts()).toBe(1)
  })

  test.each([
    ['sends all of it', (req: IncomingMessage, res: ServerResponse) => req.on('end', () => res.end()).resume()],
    ['is answered before', (_: IncomingMessage, res: ServerResponse) => res.end()],
  ])('but not one that %s', async (_, handler) => {
    const { port, aborts } = await start({ handler })
    const { status } = await send(port, `${head(60_000)}Connection: close\r\n\r\n${'x'.repeat(60_000)}`)
    expect([status, aborts()]).toEqual([200, 0])
  })
})

describe('connections', () => {
  const connected = (port: number) =>
    new Promise<Socket>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket))
      socket.on('error', () => {})
    })

  test('above the cap are closed and counted, and the others are still answered', async () => {
    const { server, port } = await start({ maxConnections: 2 })
    let drops = 0
    server.on('drop', () => drops++)
    const kept = [await connected(port), await connected(port)]
    const over = await connected(port)
    await new Promise((resolve) => over.once('close', resolve))
    expect(drops).toBe(1)
    kept[0]?.write(`GET / HTTP/1.1\r\n${HOST}\r\n\r\n`)
    const [answer] = await once(kept[0] ?? over, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1.1 200/)
    for (const socket of kept) socket.destroy()
  })

  test('have a cap by default', async () => {
    const { server } = await start()
    expect(server.maxConnections).toBeLessThanOrEqual(2_000)
  })
})

describe('stopping', () => {
  const finishInto = (log: string[]) => () => log.push('closed')
  const untilClosed = async (server: Server) => {
    while (server.listening) await new Promise((resolve) => setImmediate(resolve))
  }

  test('finishes requests in flight, then closes the application once, even when called twice', async () => {
    const log: string[] = []
    const [arrived, answer] = [deferred(), deferred()]
    const { server, port } = await start({
      handler: async (_, res) => {
        arrived.release()
        await answer.promise
        log.push('served')
        res.end('whole')
      },
    })
    const pending = send(port, `GET / HTTP/1.1\r\n${HOST}\r\n\r\n`)
    await arrived.promise
    const stop = stopper(server, { graceMs: 60_000, finish: finishInto(log) })
    const codes = Promise.all([stop(), stop()])
    await untilClosed(server)
    await expect(send(port, rawRequest('GET /', [HOST]))).resolves.toMatchObject({ status: 0 })
    answer.release()
    expect((await pending).body).toContain('whole')
    expect(await codes).toEqual([0, 0])
    expect(log).toEqual(['served', 'closed'])
  })

  test('does not wait for idle connections', async () => {
    const { server, port } = await start()
    const socket = connect(port, '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.write(`GET / HTTP/1.1\r\n${HOST}\r\n\r\n`)
    await new Promise((resolve) => socket.once('data', resolve))
    expect(await stopper(server, { graceMs: 60_000, finish: () => {} })()).toBe(0)
    socket.destroy()
  })

  test('drops a request that does not end, and still closes the application', async () => {
    const log: string[] = []
    const arrived = deferred()
    const { server, port } = await start({ handler: () => arrived.release() })
    const pending = send(port, rawRequest('GET /', [HOST]))
    await arrived.promise
    expect(await stopper(server, { graceMs: 100, finish: finishInto(log) })()).toBe(0)
    expect((await pending).status).toBe(0)
    expect(log).toEqual(['closed'])
  })

  test('returns 1 if closing fails or hangs', async () => {
    const failing = await start()
    const hanging = await start()
    const fail = () => Promise.reject(new Error('disk full'))
    expect(await stopper(failing.server, { graceMs: 100, finish: fail })()).toBe(1)
    expect(await stopper(hanging.server, { graceMs: 100, finish: () => new Promise(() => {}) })()).toBe(1)
  })
})

describe('an unavailable address', () => {
  test('is reported with the solution', async () => {
    const { port } = await start()
    const where = { host: '127.0.0.1', port }
    const error = await listen(where).catch((error: unknown) => error)
    expect(listenProblem(error, where)).toBe(
      `Port ${port} is taken by another program. Stop it, or set PORT to a free port.`,
    )
  })

  test.each([
    ['EACCES', 'PORT to a port above 1023'],
    ['EADDRNOTAVAIL', 'is not an address of this machine'],
    ['EMFILE', 'Cannot listen on 127.0.0.1, port 80'],
  ])('with %s is reported as a sentence', (code, sentence) => {
    const error = Object.assign(new Error(code), { code })
    expect(listenProblem(error, { host: '127.0.0.1', port: 80 })).toContain(sentence)
  })
})
