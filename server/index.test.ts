import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { rawRequest } from './testing/corpus-parts.mjs'
import { send } from './testing/replay.mjs'

/** Stands in for the framework: it listens for upgrades as Next does, and starts an application that can fail or hang. */
const NEXT = `
const hang = Symbol.for('pushlens.running'), stop = Symbol.for('pushlens.shutdown')
export default ({ httpServer, dev }) => ({
  async prepare() {
    globalThis[hang] = (async () => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      if (process.env.FAILS) throw Object.assign(new Error('An error occurred while loading instrumentation hook: PORT is wrong'), { exitCode: 78 })
    })()
    globalThis[hang].then(() => { globalThis[stop] = async () => console.log('closed') }, () => {})
  },
  getRequestHandler: () => (req, res) => {
    ;(httpServer ?? req.socket.server).on('upgrade', (_, socket) => socket.end('UPGRADED'))
    const { NEXTAUTH_URL, PUBLIC_URL, PORT, NODE_ENV, AUTH_TRUST_HOST, VERCEL, __NEXT_PROCESSED_ENV } = process.env
    const env = { NEXTAUTH_URL, PUBLIC_URL, PORT, NODE_ENV, AUTH_TRUST_HOST, VERCEL, __NEXT_PROCESSED_ENV }
    setTimeout(() => res.end(JSON.stringify({ env, dev, started: stop in globalThis })), req.url === '/slow' ? 300 : 0)
  },
})
`
let root: string
const running: ChildProcess[] = []
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pl-door-'))
  cpSync(resolve(import.meta.dirname ?? '.'), join(root, 'server'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  })
  mkdirSync(join(root, 'node_modules/next'), { recursive: true })
  writeFileSync(join(root, 'node_modules/next/package.json'), '{"type":"module","main":"index.js"}')
  writeFileSync(join(root, 'node_modules/next/index.js'), NEXT)
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
})
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function start(env: Record<string, string> = {}, args: string[] = []) {
  const child = spawn(process.execPath, ['server/index.mjs', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', PORT: '0', ...env },
    stdio: 'pipe',
  })
  running.push(child)
  const ended = once(child, 'close')
  let output = ''
  let tell: (port: number) => void = () => {}
  const ready = new Promise<number>((resolve) => {
    tell = resolve
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
      const port = /"ready":true.*"port":(\d+)/.exec(output)?.[1]
      if (port) tell(Number(port))
    })
  }
  return { child, ready, output: () => output, code: async () => (await ended)[0] as number | null }
}

const get = (port: number, path: string, ...headers: string[]) =>
  send(port, rawRequest(`GET ${path}`, [`Host: localhost:${port}`, ...headers]))
const json = (body: string) => JSON.parse(/\{.*\}/s.exec(body)?.[0] ?? 'null')

describe('a start', () => {
  test('fixes every address by the port it got, and drops what would make forwarded hosts believed', async () => {
    const { ready } = start({ AUTH_TRUST_HOST: '1', VERCEL: '1', NEXTAUTH_URL: 'http://evil.example' })
    const port = await ready
    const { env, dev, started } = json((await get(port, '/')).body)
    const url = `http://localhost:${port}`
    expect(env).toEqual({
      NEXTAUTH_URL: url,
      PUBLIC_URL: url,
      PORT: String(port),
      NODE_ENV: 'production',
      __NEXT_PROCESSED_ENV: 'true',
    })
    expect([dev, started]).toEqual([false, true])
  })

  test('answers health routes with the id it was given', async () => {
    const port = await start({ PUSHLENS_START_ID: 'id-7' }).ready
    expect((await get(port, '/readyz')).head).toContain('x-pushlens-start: id-7')
  })

  test('lets the framework hear no upgrade, not even after its first request', async () => {
    const port = await start().ready
    await get(port, '/')
    const { status, body } = await get(port, '/', 'Connection: Upgrade', 'Upgrade: websocket')
    expect(status).toBe(400)
    expect(body).not.toContain('UPGRADED')
  })

  test('in development passes upgrades of our own pages to the framework, and no others', async () => {
    const port = await start({}, ['--dev']).ready
    await get(port, '/')
    const ask = (path: string, origin: string) =>
      send(
        port,
        rawRequest(`GET ${path}`, [
          `Host: localhost:${port}`,
          `Origin: ${origin}`,
          'Connection: Upgrade',
          'Upgrade: websocket',
        ]).replace('Connection: close\r\n', ''),
      )
    const ours = `http://localhost:${port}`
    const seen = [ask('/_next/hmr', ours), ask('/_next/hmr', 'http://evil.example'), ask('/other', ours)]
    expect((await Promise.all(seen)).map(({ head }) => head)).toEqual(['UPGRADED', '', ''])
  })
})

describe('a start that cannot be', () => {
  test('because of the door’s own settings names them all and ends with 78', async () => {
    const { code, output } = start({ PORT: 'x', TRUST_PROXY: 'y' })
    expect(await code()).toBe(78)
    expect(output()).toMatch(/PORT must be[^\n]*\n[^\n]*TRUST_PROXY must be/)
  })

  test('because the port is taken ends before the application is touched', async () => {
    const port = await start().ready
    const second = start({ PORT: String(port), FAILS: '1' })
    expect(await second.code()).toBe(1)
    expect(second.output()).toContain(`Port ${port} is taken`)
  })

  test('because the application refuses ends with its sentence and its exit code, without a stack', async () => {
    const { code, output } = start({ FAILS: '1' })
    expect(await code()).toBe(78)
    expect(output()).toBe('Pushlens could not start. PORT is wrong\n')
  })
})

describe('the end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s serves what is in flight, closes the application, exits 0',
    async (signal) => {
      const { child, ready, output, code } = start()
      const pending = get(await ready, '/slow')
      await get(await ready, '/')
      child.kill(signal)
      child.kill('SIGTERM')
      expect((await pending).status).toBe(200)
      expect(await code()).toBe(0)
      expect(output().match(/closed/g)).toHaveLength(1)
    },
  )

  test('comes with the end of the process that started it, where asked for', async () => {
    const { child, ready, output, code } = start({}, ['--end-with-parent'])
    await ready
    child.stdin?.end()
    expect(await code()).toBe(0)
    expect(output()).toContain('closed')
  })
})
