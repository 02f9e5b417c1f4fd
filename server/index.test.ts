import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listen } from './listen.mjs'
import { rawRequest } from './testing/corpus-parts.mjs'
import { send } from './testing/replay.mjs'

/** A fake framework: it listens for upgrades as Next does, and starts an application that can fail. */
const NEXT = `
const hang = Symbol.for('pushlens.running'), stop = Symbol.for('pushlens.shutdown')
export default ({ httpServer, dev }) => ({
  async prepare() {
    globalThis[hang] = (async () => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      if (process.env.HANGS) await new Promise(() => {})
      if (process.env.SLOW) ((now) => (Date.now = () => now() + 60_000))(Date.now)
      if (process.env.UPGRADE_FAILS) throw Object.assign(new Error('The upgrade failed at 900-later: no room.'), { name: 'UpgradeFailure' })
      if (process.env.FAILS) throw Object.assign(new Error('An error occurred while loading instrumentation hook: PORT is wrong'), { exitCode: 78 })
    })()
    const begun = () => { globalThis[stop] = async () => console.log('closed') }
    globalThis[hang].then(() => (process.env.SLOW ? setTimeout(begun, 50) : begun()), () => {})
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
  let resolveReady: (port: number) => void = () => {}
  const ready = new Promise<number>((resolve) => {
    resolveReady = resolve
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
      const port = /"ready":true.*"port":(\d+)/.exec(output)?.[1]
      if (port) resolveReady(Number(port))
    })
  }
  return { child, ready, output: () => output, code: async () => (await ended)[0] as number | null }
}

const get = (port: number, path: string, ...headers: string[]) =>
  send(port, rawRequest(`GET ${path}`, [`Host: localhost:${port}`, ...headers]))
const json = (body: string) => JSON.parse(/\{.*\}/s.exec(body)?.[0] ?? 'null')

describe('a start', () => {
  test('sets every address from the bound port, and removes variables that would trust forwarded hosts', async () => {
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

  test('answers health routes with its start ID', async () => {
    const port = await start({ PUSHLENS_START_ID: 'id-7' }).ready
    expect((await get(port, '/readyz')).head).toContain('x-pushlens-start: id-7')
  })

  test('takes as long as its upgrade', async () => {
    const port = await start({ SLOW: 'a minute' }).ready
    expect(json((await get(port, '/')).body).started).toBe(true)
  })

  test('answers /healthz before the application does, so that nobody ends a long upgrade', async () => {
    const { server, port } = await listen({ host: '127.0.0.1', port: 0 })
    await new Promise((closed) => server.close(closed))
    start({ PORT: String(port), HANGS: '1' })
    await expect.poll(() => get(port, '/healthz').catch(() => null), { timeout: 10_000 }).toMatchObject({ status: 200 })
  })

  test('hides upgrades from the framework, even after its first request', async () => {
    const port = await start().ready
    await get(port, '/')
    const { status, body } = await get(port, '/', 'Connection: Upgrade', 'Upgrade: websocket')
    expect(status).toBe(400)
    expect(body).not.toContain('UPGRADED')
  })

  test('in development passes only upgrades from our own pages to the framework', async () => {
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

describe('a start that fails', () => {
  test('because of the door’s settings lists all problems and exits with 78', async () => {
    const { code, output } = start({ PORT: 'x', TRUST_PROXY: 'y' })
    expect(await code()).toBe(78)
    expect(output()).toMatch(/PORT must be[^\n]*\n[^\n]*TRUST_PROXY must be/)
  })

  test('because the port is taken exits before it loads the application', async () => {
    const port = await start().ready
    const second = start({ PORT: String(port), FAILS: '1' })
    expect(await second.code()).toBe(1)
    expect(second.output()).toContain(`Port ${port} is taken`)
  })

  test('because of the application exits with its message and exit code, without a stack', async () => {
    const { code, output } = start({ FAILS: '1' })
    expect(await code()).toBe(78)
    expect(output()).toBe('Pushlens could not start. PORT is wrong\n')
  })
})

describe('an upgrade that fails', () => {
  test('is served as a page in three languages, /readyz says it, /healthz stays, and the stop exits with 70', async () => {
    const { child, ready, output, code } = start({ UPGRADE_FAILS: '1' })
    const port = await ready
    expect(output()).toContain('Pushlens does not work. The upgrade failed at 900-later: no room.')
    for (const [language, title] of [
      ['en-GB', 'Upgrade failed'],
      ['zh-TW,en', '升级失败'],
      ['fr,ko;q=0.5', '업그레이드 실패'],
    ]) {
      const page = await get(port, '/campaigns', `Accept-Language: ${language}`)
      expect(page.status).toBe(503)
      expect(page.head).toContain('retry-after: 60')
      expect(Buffer.from(page.body, 'latin1').toString()).toContain(`<h1>${title}</h1>`)
      expect(page.body).not.toContain('900-later')
      const nonce = /<style nonce="([^"]+)">/.exec(page.body)?.[1] ?? 'none'
      expect(page.head).toContain(`'nonce-${nonce}'`)
    }
    expect(await get(port, '/healthz')).toMatchObject({ status: 200, body: expect.stringContaining('"ok":true') })
    const unready = await get(port, '/readyz')
    expect([unready.status, json(unready.body)]).toMatchObject([503, { ok: false, database: 'upgrade_failed' }])
    expect((await get(port, '/metrics')).status).toBe(503)
    const api = await get(port, '/api/v1/apps')
    expect([api.status, json(api.body)]).toMatchObject([503, { code: 'unavailable', status: 503 }])
    child.kill('SIGTERM')
    expect(await code()).toBe(70)
  })
})

describe('a stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s finishes requests in flight, closes the application and exits with 0',
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

  test('follows the end of the parent process with --end-with-parent', async () => {
    const { child, ready, output, code } = start({}, ['--end-with-parent'])
    await ready
    child.stdin?.end()
    expect(await code()).toBe(0)
    expect(output()).toContain('closed')
  })
})
