// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { Server } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { factsOf } from './door.mjs'
import { gate } from './gate.mjs'

const STARTED_WITHIN_MS = 30_000

/**
 * The application sets two symbols on globalThis. `pushlens.running` is the promise of its start; it rejects with the
 * start error. `pushlens.shutdown` closes the application and is set once it has started.
 */
const running = () => Reflect.get(globalThis, Symbol.for('pushlens.running'))
const shutdown = () => Reflect.get(globalThis, Symbol.for('pushlens.shutdown'))

/**
 * Returns who may show the page of a shared link in a frame. The application sets `pushlens.frameAncestors` once it has
 * started; before, the answer waits with the page.
 * @param {string} id
 * @returns {Promise<string[]>}
 */
export async function frameAncestors(id) {
  await running()
  return (await Reflect.get(globalThis, Symbol.for('pushlens.frameAncestors'))?.(id)) ?? []
}

/** Closes the application's resources. Does nothing if it has not started. */
export async function closeApplication() {
  await shutdown()?.()
}

/**
 * Loads Next and waits until the application has started. First it fixes the addresses in the environment and removes
 * what would make next-auth trust a forwarded host.
 * @param {{ root: string, development: boolean, host: string, port: number, publicUrl: URL, server: Server }} options
 * @returns {Promise<import('./door.mjs').Door['handler']>}
 */
export async function loadApplication({ root, development, host, port, publicUrl, server }) {
  Object.assign(process.env, { NODE_ENV: development ? 'development' : 'production' })
  Object.assign(process.env, { PORT: String(port), PUBLIC_URL: publicUrl.origin, NEXTAUTH_URL: publicUrl.origin })
  delete process.env.AUTH_TRUST_HOST
  delete process.env.VERCEL
  // Stops Next from reading .env files, which could restore the variables deleted above.
  process.env.__NEXT_PROCESSED_ENV = 'true'
  giveStoredConfiguration(root)
  const { default: next } = await import('next')
  // Next adds an upgrade listener to its server and would bypass the gate, so it gets an unconnected one.
  const httpServer = new Server()
  const app = next({ dev: development, dir: root, hostname: host, port, httpServer })
  await app.prepare()
  await started()
  if (development) server.on('upgrade', reload(httpServer, publicUrl))
  return app.getRequestHandler()
}

/**
 * Gives Next the configuration that the build has stored, where next.config.mjs is absent. That is so in the image: reading
 * the file would load the tools of the build, which are not there.
 * @param {string} root
 */
function giveStoredConfiguration(root) {
  const stored = join(root, '.next/required-server-files.json')
  if (existsSync(join(root, 'next.config.mjs')) || !existsSync(stored)) return
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(JSON.parse(readFileSync(stored, 'utf8')).config)
}

/** Waits for the application itself: Next is "prepared" before the start has finished and only logs a failed start. */
async function started() {
  let deadline = Date.now() + STARTED_WITHIN_MS
  while (!shutdown()) {
    const before = Date.now()
    await running()
    // An upgrade takes as long as it takes: its copy, its migrations, and those of another replica.
    deadline += Date.now() - before
    if (Date.now() > deadline) throw new Error('The application did not start.')
    await pause(10)
  }
}

/**
 * Passes the reload socket of development mode to Next, for our own pages only.
 * @param {Server} behind
 * @param {URL} publicUrl
 * @returns {(req: import('node:http').IncomingMessage, socket: import('node:stream').Duplex, head: Buffer) => void}
 */
function reload(behind, publicUrl) {
  return (req, socket, head) => {
    const facts = factsOf(req)
    const plain = { ...facts, headers: { ...facts.headers, upgrade: undefined } }
    const decision = gate(plain, { publicUrl, trustProxy: 0 })
    const ours = req.url?.startsWith('/_next/') && req.headers.origin === publicUrl.origin && 'forward' in decision
    if (ours) behind.emit('upgrade', req, socket, head)
    else socket.destroy()
  }
}
