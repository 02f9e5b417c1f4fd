// @ts-check
import { Server as TcpServer } from 'node:net'

/** How long a connection may stay silent before it counts as idle. A request may be on its way. */
const QUIET_MS = 300

/**
 * Returns a function that stops the server once, even if called again. It accepts no new connections, finishes requests
 * in flight (dropped after `graceMs`), then calls `finish` to close the application (abandoned after `graceMs`).
 * @param {import('node:http').Server} server
 * @param {{ graceMs: number, finish: () => unknown }} options
 * @returns {() => Promise<number>} the exit code: 0, or 1 if `finish` failed or hung
 */
export function stopper(server, { graceMs, finish }) {
  /** @type {Promise<number> | null} */
  let stopping = null
  return () => {
    stopping ??= drain(server, graceMs).then(() => finished(finish, graceMs))
    return stopping
  }
}

/**
 * Stops listening and ends when every connection is closed. Does not use `close` of HTTP: it also cuts connections that were
 * accepted just now, whose request has not arrived yet.
 * @param {import('node:http').Server} server
 * @param {number} graceMs
 */
function drain(server, graceMs) {
  server.prependListener('request', (_, res) => res.setHeader('connection', 'close'))
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs)
    /** @type {NodeJS.Timeout | undefined} */
    let sweep
    const quiet = setTimeout(() => {
      // A keep-alive connection becomes idle only after its answer, hence the repeated check.
      sweep = setInterval(() => server.closeIdleConnections(), 50)
    }, QUIET_MS)
    const closed = () => {
      clearTimeout(quiet)
      clearInterval(sweep)
      clearTimeout(cut)
      resolve(undefined)
    }
    acceptWaiting(server).then(() => TcpServer.prototype.close.call(server, closed))
  })
}

/**
 * Waits until Node has accepted the connections that the system has made already. Closing would reset them. Node accepts
 * few in one turn of its loop, so this ends after a turn without one.
 * @param {import('node:http').Server} server
 */
async function acceptWaiting(server) {
  let accepted = 0
  const count = () => accepted++
  server.on('connection', count)
  const until = performance.now() + QUIET_MS
  for (let before = -1; accepted !== before && performance.now() < until; ) {
    before = accepted
    // The rest of this turn, then a whole one.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  }
  server.off('connection', count)
}

/**
 * @param {() => unknown} finish
 * @param {number} graceMs
 */
async function finished(finish, graceMs) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`closing took longer than ${graceMs} ms`)), graceMs)
  })
  try {
    await Promise.race([Promise.resolve().then(finish), late])
    return 0
  } catch (error) {
    console.error('Pushlens did not close cleanly:', error instanceof Error ? error.message : error)
    return 1
  } finally {
    clearTimeout(timer)
  }
}
