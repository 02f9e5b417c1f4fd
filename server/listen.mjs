// @ts-check
import { createServer } from 'node:http'

/** Milliseconds. Slow clients are disconnected. Keep-alive is longer than the usual 60 s of a proxy. */
const LIMITS = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2_000,
}

/** More would cost memory and descriptors. Thousands of viewers share far fewer, since idle ones are closed. */
const MAX_CONNECTIONS = 2_000

/**
 * Binds a server that has no request listener yet. A listener added right after the promise misses no request.
 * Connections above the cap are closed at once and emit `drop`.
 * @param {{ host: string, port: number, limits?: Partial<typeof LIMITS>, maxConnections?: number }} where port 0 picks a free one
 * @returns {Promise<{ server: import('node:http').Server, port: number }>} rejects with the system's error, such as EADDRINUSE
 */
export function listen({ host, port, limits = {}, maxConnections = MAX_CONNECTIONS }) {
  const server = createServer({ ...LIMITS, ...limits })
  server.maxConnections = maxConnections
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve({ server, port: typeof address === 'object' && address ? address.port : port })
    })
  })
}

/**
 * Returns why the address could not be bound, and what to do.
 * @param {unknown} error
 * @param {{ host: string, port: number }} where
 */
export function listenProblem(error, { host, port }) {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program. Stop it, or set PORT to a free port.`
  if (code === 'EACCES') return `This user may not use port ${port}. Set PORT to a port above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST=${host} is not an address of this machine.`
  return `Cannot listen on ${host}, port ${port}: ${error instanceof Error ? error.message : 'unknown reason'}`
}
