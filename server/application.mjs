// @ts-check
import { Server } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { factsOf } from './door.mjs'
import { gate } from './gate.mjs'

const STARTED_WITHIN_MS = 30_000

/**
 * The application hangs two things on globalThis: `pushlens.running`, the promise of its start, which rejects with what
 * is wrong, and then `pushlens.shutdown`, the way to close it.
 */
const running = () => Reflect.get(globalThis, Symbol.for('pushlens.running'))
const shutdown = () => Reflect.get(globalThis, Symbol.for('pushlens.shutdown'))

/** Closes what the application holds open; nothing to do where it has not started. */
export async function closeApplication() {
  await shutdown()?.()
}

/**
 * Loads Next and waits until the application behind it has started. The environment is settled first: fixed addresses,
 * and nothing that would make next-auth believe a forwarded host.
 * @param {{ root: string, development: boolean, host: string, port: number, publicUrl: URL, server: Server }} options
 * @returns {Promise<import('./door.mjs').Door['handler']>}
 */
export async function loadApplication({ root, development, host, port, publicUrl, server }) {
  Object.assign(process.env, { NODE_ENV: development ? 'development' : 'production' })
  Object.assign(process.env, { PORT: String(port), PUBLIC_URL: publicUrl.origin, NEXTAUTH_URL: publicUrl.origin })
  delete process.env.AUTH_TRUST_HOST
  delete process.env.VERCEL
  // Else Next reads .env files of its own accord, and what was just deleted may come back.
  process.env.__NEXT_PROCESSED_ENV = 'true'
  const { default: next } = await import('next')
  // Next adds its own upgrade listener to the server it is given, past the gate: it gets one nothing is connected to.
  const httpServer = new Server()
  const app = next({ dev: development, dir: root, hostname: host, port, httpServer })
  await app.prepare()
  await started()
  if (development) server.on('upgrade', reload(httpServer, publicUrl))
  return app.getRequestHandler()
}

/** Next is "prepared" before the application has started, and only logs a start that failed: its own word counts. */
async function started() {
  const deadline = Date.now() + STARTED_WITHIN_MS
  while (!shutdown()) {
    await running()
    if (Date.now() > deadline) throw new Error('The application did not start.')
    await pause(10)
  }
}

/**
 * The reload socket of development mode, for our own pages only.
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
