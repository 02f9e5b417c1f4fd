// @ts-check

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
 * @param {import('node:http').Server} server
 * @param {number} graceMs
 */
function drain(server, graceMs) {
  return new Promise((resolve) => {
    // A keep-alive connection becomes idle only after its answer, hence the repeated check.
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    const cut = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(cut)
      resolve(undefined)
    })
  })
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
