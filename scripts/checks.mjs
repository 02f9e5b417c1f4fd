// @ts-check
import { availableMemory } from 'node:process'
import { listen, listenProblem } from '../server/listen.mjs'

const MB = 1_048_576

/**
 * Why there is too little memory to install and build, or null. Elsewhere than on Linux the system counts memory it
 * would give back as taken, so the figure says nothing.
 * @param {{ platform?: string, free?: number }} [machine] free in bytes
 */
export function memoryProblem({ platform = process.platform, free = availableMemory() } = {}) {
  if (platform !== 'linux' || free >= 1_024 * MB) return null
  return `Building Pushlens takes 1 GB of free memory; ${Math.floor(free / MB)} MB are free. Close something, or build on a larger machine and copy the folder here.`
}

/**
 * Why the port cannot be had, or null: who has it and what to do.
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
    const other = `or start this one elsewhere: PORT=${where.port + 1} npm run up`
    if (await isPushlens(where)) {
      return `Port ${where.port} is taken: Pushlens already runs there. Open http://localhost:${where.port}, stop it first, ${other}`
    }
    return `Port ${where.port} is taken by another program (lsof -i :${where.port} names it). Stop it, ${other}`
  }
}

/** @param {{ host: string, port: number }} where */
async function isPushlens(where) {
  const answer = await fetch(`${probeOrigin(where)}/healthz`, { signal: AbortSignal.timeout(1_000) }).catch(() => null)
  return answer?.headers.has('x-pushlens-start') ?? false
}

/**
 * Where to reach a server of this machine that is bound to `host`.
 * @param {{ host: string, port: number }} where
 */
export function probeOrigin({ host, port }) {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`
  if (host === '::') return `http://[::1]:${port}`
  return host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`
}
