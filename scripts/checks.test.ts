import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { addressProblem, memoryProblem, networkAddresses, portProblem, probeOrigin } from './checks.mjs'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections()
})

async function occupy(headers: Record<string, string>): Promise<{ host: string; port: number }> {
  const server = createServer((_, res) => res.writeHead(200, headers).end())
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { host: '127.0.0.1', port: address.port }
}

describe('the port', () => {
  test('is available if free, and free again after the check', async () => {
    const where = await occupy({})
    await new Promise((resolve) => open.pop()?.close(resolve))
    expect([await portProblem(where), await portProblem(where)]).toEqual([null, null])
  })

  test('taken by another program is reported with the solution', async () => {
    const where = await occupy({})
    const problem = await portProblem(where)
    expect(problem).toContain(`Port ${where.port} is taken by another program`)
    expect(problem).toContain(`PORT=${where.port + 1} npm run up`)
  })

  test('taken by Pushlens itself is reported as such', async () => {
    const where = await occupy({ 'x-pushlens-start': 'x' })
    expect(await portProblem(where)).toContain('Pushlens is already running there')
  })

  test('on a foreign address is reported as a sentence', async () => {
    expect(await portProblem({ host: '192.0.2.1', port: 0 })).toBe('HOST=192.0.2.1 is not an address of this machine.')
  })
})

describe('memory', () => {
  const MB = 1_048_576
  test('of 1 GB is enough; less is reported', () => {
    expect(memoryProblem({ platform: 'linux', free: 1_024 * MB })).toBeNull()
    expect(memoryProblem({ platform: 'linux', free: 700 * MB })).toContain('700 MB are free')
  })
  test('is not checked where the system does not report free memory', () => {
    expect(memoryProblem({ platform: 'darwin', free: 100 * MB })).toBeNull()
  })
})

test.each([
  ['127.0.0.1', 'http://127.0.0.1:80'],
  ['0.0.0.0', 'http://127.0.0.1:80'],
  ['::', 'http://[::1]:80'],
  ['::1', 'http://[::1]:80'],
  ['localhost', 'http://localhost:80'],
])('a server bound to %s is probed at %s', (host, origin) => {
  expect(probeOrigin({ host, port: 80 })).toBe(origin)
})

describe('the public address', () => {
  const settings = (publicUrl: string | null, host: string, port = 3_000) => ({
    ...{ host, port },
    publicUrl: publicUrl === null ? null : new URL(publicUrl),
  })
  test('that nobody can reach is reported with the solution', () => {
    expect(addressProblem(settings('http://10.0.0.5:3000', '127.0.0.1'))).toContain('Set HOST=0.0.0.0')
    expect(addressProblem(settings('http://10.0.0.5', 'localhost', 80))).toContain('Set HOST=0.0.0.0')
  })
  test.each([
    [null, '127.0.0.1'],
    ['http://localhost:3000', '127.0.0.1'],
    ['http://10.0.0.5:3000', '0.0.0.0'],
    ['http://10.0.0.5:3000', '10.0.0.5'],
    ['http://10.0.0.5:8080', '127.0.0.1'],
    ['https://push.example.com', '127.0.0.1'],
  ])('%s with HOST=%s is not reported', (url, host) => expect(addressProblem(settings(url, host))).toBeNull())

  test('is that of each private network without PUBLIC_URL, if other machines can reach it', () => {
    const machine = ['10.0.0.5', '192.168.1.5', '203.0.113.7']
    const two = ['http://10.0.0.5:3000', 'http://192.168.1.5:3000']
    expect(networkAddresses(settings(null, '0.0.0.0'), machine)).toEqual(two)
    expect(networkAddresses(settings(null, '10.0.0.5'), machine)).toEqual(['http://10.0.0.5:3000'])
    expect(networkAddresses(settings(null, '127.0.0.1'), machine)).toEqual([])
    expect(networkAddresses(settings('https://push.example.com', '0.0.0.0'), machine)).toEqual([])
  })
})
