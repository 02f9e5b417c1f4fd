import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createPoster, type Poster } from './post'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function receiver(answer: (response: ServerResponse) => void = (response) => void response.end('ok')) {
  const seen: { path: string; headers: IncomingMessage['headers']; body: string }[] = []
  let connections = 0
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push({ path: request.url ?? '', headers: request.headers, body })
    answer(response)
  })
  server.on('connection', () => connections++)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  undo.push(() => new Promise((closed) => server.close(closed).closeAllConnections()))
  const { port } = server.address() as AddressInfo
  return { url: new URL(`http://127.0.0.1:${port}/hook`), port, seen, connections: () => connections }
}

function poster(...given: Parameters<typeof createPoster>): Poster {
  const made = createPoster(...given)
  undo.push(() => made.close())
  return made
}

const at = (...addresses: string[]) => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

describe('a message to a webhook', () => {
  test('arrives complete, with its headers', async () => {
    const { url, seen } = await receiver()
    await poster({ url, local: true }).post('{"text":"x"}', { 'x-pushlens-id': 'a:1' })
    expect(seen).toMatchObject([{ path: '/hook', body: '{"text":"x"}', headers: { 'x-pushlens-id': 'a:1' } }])
    expect(seen[0]?.headers['content-type']).toBe('application/json')
  })

  test.each([301, 302, 303, 307, 308])('follows no redirect (%s)', async (status) => {
    const other = await receiver()
    const { url } = await receiver((response) => void response.writeHead(status, { location: other.url.href }).end())
    await expect(poster({ url, local: true }).post('{}', {})).rejects.toThrow(`answered ${status}`)
    expect(other.connections()).toBe(0)
  })

  test.each(['{"errcode":310000,"errmsg":"sec-ret"}', '{"code":9499,"msg":"sec-ret"}'])(
    'declined with status 200 is an error, which does not show the answer: %s',
    async (answerText) => {
      const { url } = await receiver((response) => void response.end(answerText))
      const error = await poster({ url, local: true })
        .post('{}', {})
        .catch((one: unknown) => one)
      expect(String(error)).toContain('declined')
      expect(String(error)).not.toContain('sec-ret')
    },
  )

  test.each(['ok', '{"errcode":0}', '{"code":0,"msg":"success"}', 'null', '[]', ''])(
    'is accepted with the answer %j',
    async (answerText) => {
      const { url } = await receiver((response) => void response.end(answerText))
      await poster({ url, local: true }).post('{}', {})
    },
  )

  test('does not read an endless answer', async () => {
    const { url } = await receiver((response) => {
      const more = () => response.write('x'.repeat(65_536), (error) => !error && more())
      response.on('error', () => {})
      more()
    })
    await poster({ url, local: true }).post('{}', {})
  })
})

describe('the address of a webhook', () => {
  test.each([
    'https://127.0.0.1',
    'https://127.1',
    'https://2130706433',
    'https://0x7f000001',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'https://017700000001',
    'https://0',
    'https://127.0.0.1.',
    'https://①②⑦.⓪.⓪.①',
    'https://[::1]',
    'https://[::]',
    'https://[::ffff:127.0.0.1]',
    'https://[::ffff:7f00:1]',
    'https://[0:0::1]',
    'https://[64:ff9b::7f00:1]',
    'https://[fe80::1]',
    'https://[fd00::1]',
    'https://[2002:7f00:1::]',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1',
    'https://100.64.0.1',
    'https://192.168.1.1',
    'https://172.16.0.1',
    'https://3232235777',
    'https://0xA9FEA9FE',
    'https://198.18.0.1',
    'https://255.255.255.255',
  ])('written as %s is refused without a connection', async (address) => {
    const { port, connections } = await receiver()
    const url = new URL(address)
    url.port = String(port)
    await expect(poster({ url, local: false }).post('{}', {})).rejects.toThrow('private address')
    expect(connections()).toBe(0)
  })

  test.each([
    [at('127.0.0.1')],
    [at('::1')],
    [at('10.0.0.1')],
    [at('::ffff:127.0.0.1')],
    [at('93.184.216.34', '127.0.0.1')],
    [at('127.0.0.1', '93.184.216.34')],
    [at('64:ff9b::7f00:1')],
  ])('resolved to %j is refused without a connection', async (addresses) => {
    const { port, connections } = await receiver()
    const url = new URL(`https://hooks.example:${port}/`)
    const post = poster({ url, local: false }, (_, done) => done(null, addresses)).post('{}', {})
    await expect(post).rejects.toThrow('private address')
    expect(connections()).toBe(0)
  })

  test('is looked up once per connection and checked each time', async () => {
    const { port, connections } = await receiver()
    const url = new URL(`https://hooks.example:${port}/`)
    // No public address here: a connection attempt to one would make this test wait.
    const answers = [new Error('no such name'), at('127.0.0.1'), at('127.0.0.1')]
    let lookups = 0
    const rebinding = poster({ url, local: false }, (_, done) => {
      const answer = answers[lookups++]
      if (answer instanceof Error || !answer) done(answer ?? new Error('too many look-ups'), [])
      else done(null, answer)
    })
    await expect(rebinding.post('{}', {})).rejects.toThrow('no such name')
    await expect(rebinding.post('{}', {})).rejects.toThrow('private address')
    expect(lookups).toBe(2)
    expect(connections()).toBe(0)
  })

  test('is connected at exactly the checked address', async () => {
    const { port, seen } = await receiver()
    const url = new URL(`http://hooks.test:${port}/pinned`)
    let lookups = 0
    await poster({ url, local: true }, (_, done) => {
      lookups++
      done(null, lookups === 1 ? at('127.0.0.1') : at('10.0.0.1'))
    }).post('{}', {})
    expect([lookups, seen[0]?.path, seen[0]?.headers.host]).toEqual([1, '/pinned', `hooks.test:${port}`])
  })

  test('of a local webhook must be this machine', async () => {
    const url = new URL('http://hooks.test/')
    const post = poster({ url, local: true }, (_, done) => done(null, at('93.184.216.34'))).post('{}', {})
    await expect(post).rejects.toThrow('private address')
  })

  test('without TLS is refused', async () => {
    const post = poster({ url: new URL('http://hooks.example/'), local: false }).post('{}', {})
    await expect(post).rejects.toThrow('not https')
  })
})
