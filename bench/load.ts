import { Pool } from 'undici'

interface Loaded {
  count: number
  perSecond: number
}

interface Asked {
  /** The path of the i-th request. */
  path(i: number): string
  token: string
  connections: number
  /** Stops after this many requests, or milliseconds. */
  until: { count: number } | { ms: number }
}

/** Keeps all connections busy, each with one request at a time. Throws for any status other than 200. */
export async function load(url: string, { path, token, connections, until }: Asked): Promise<Loaded> {
  const pool = new Pool(url, { connections, pipelining: 1 })
  const headers = { authorization: `Bearer ${token}` }
  const began = performance.now()
  let count = 0
  const over = () => ('count' in until ? count >= until.count : performance.now() - began >= until.ms)
  async function visit(): Promise<void> {
    while (!over()) {
      const { statusCode, body } = await pool.request({ method: 'GET', path: path(count++), headers })
      await body.dump()
      if (statusCode !== 200) throw new Error(`${statusCode} at request ${count}`)
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, visit))
  } finally {
    await pool.destroy()
  }
  return { count, perSecond: (count / (performance.now() - began)) * 1_000 }
}
