// @ts-check
import { networkInterfaces } from 'node:os'
import { availableMemory } from 'node:process'
import { listen, listenProblem } from '../server/listen.mjs'
import { isLoopback, privateOrigin } from '../server/network.mjs'
import { answersPrivateAddresses } from '../server/settings.mjs'

const MB = 1_048_576

/**
 * Returns a message if memory is too low to install and build, or null. Checks Linux only: other systems count
 * reclaimable memory as used.
 * @param {{ platform?: string, free?: number }} [machine] free in bytes
 */
export function memoryProblem({ platform = process.platform, free = availableMemory() } = {}) {
  if (platform !== 'linux' || free >= 1_024 * MB) return null
  return `Building Pushlens needs 1 GB of free memory; ${Math.floor(free / MB)} MB are free. Close other programs, or build on a larger machine and copy the folder here.`
}

/**
 * Returns why the port is unavailable and what to do, or null.
 * @param {{ host: string, port: number }} where
 */
export async function portProblem(where) {
  try {
    const { server } = await listen(where)
    await new Promise((resolve) => server.close(resolve))
    return null
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (!taken) return listenProblem(error, where)
    const other = `or use another port: PORT=${where.port + 1} npm run up`
    if (await isPushlens(where)) {
      return `Port ${where.port} is taken: Pushlens is already running there. Open http://localhost:${where.port}, stop it, ${other}`
    }
    return `Port ${where.port} is taken by another program (find it with lsof -i :${where.port}). Stop it, ${other}`
  }
}

/**
 * Returns why nobody could open PUBLIC_URL, or null: it names this server itself, but HOST answers this machine only. A
 * PUBLIC_URL with another port or with https is that of a proxy.
 * @param {Pick<import('../server/settings.mjs').Settings, 'host' | 'port' | 'publicUrl'>} settings
 */
export function addressProblem({ host, port, publicUrl }) {
  const isDirect = publicUrl?.protocol === 'http:' && Number(publicUrl.port || 80) === port && !isLoopback(publicUrl)
  if (!isDirect || !isLoopback(new URL(probeOrigin({ host, port })))) return null
  if (host === '0.0.0.0' || host === '::') return null
  return `Nobody can open PUBLIC_URL=${publicUrl.origin}, because HOST=${host} answers this machine only. Set HOST=0.0.0.0`
}

/**
 * Returns the addresses under which other machines of a private network can open the server, where it answers them.
 * @param {Pick<import('../server/settings.mjs').Settings, 'host' | 'publicUrl'> & { port: number }} settings
 * @param {string[]} [machine] the addresses of this machine
 */
export function networkAddresses({ host, publicUrl, port }, machine = machineAddresses()) {
  if (!answersPrivateAddresses({ host, publicUrl })) return []
  const bound = host === '0.0.0.0' || host === '::' ? machine : [host]
  return bound.flatMap((address) => privateOrigin(`${address.includes(':') ? `[${address}]` : address}:${port}`) ?? [])
}

function machineAddresses() {
  const all = Object.values(networkInterfaces()).flatMap((some) => some ?? [])
  return all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address)
}

/** @param {{ host: string, port: number }} where */
async function isPushlens(where) {
  const answer = await fetch(`${probeOrigin(where)}/healthz`, { signal: AbortSignal.timeout(1_000) }).catch(() => null)
  return answer?.headers.has('x-pushlens-start') ?? false
}

/**
 * Returns the URL origin of a local server bound to `host`.
 * @param {{ host: string, port: number }} where
 */
export function probeOrigin({ host, port }) {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`
  if (host === '::') return `http://[::1]:${port}`
  return host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`
}
