import { setTimeout as pause } from 'node:timers/promises'
import { DAY } from '@/lib/contract/limits'
import type { Arrival } from '../e2e/testing/emulator-process'
import { type BenchEnv, openBenchEnv, residentMb } from './bench-env'
import { type Figure, printFigure } from './figures'
import { appPath, fillQuarter, funnelPath } from './funnels'
import { load } from './load'
import { lastDays, midnight } from './question'

const CONNECTIONS = 32
const ROUND_MS = 3_000
const ROUNDS = 4
const VIEWERS = 1_000
/** The process gives back what its start needed after ten quiet seconds. */
const SETTLE_MS = 15_000

interface Served {
  url: string
  token: string
  pid: number
}

/** Measures concurrent viewers: request rate relative to /healthz, memory, and calls to the upstream. */
export async function viewerFigures(): Promise<Figure[]> {
  const env = await openBenchEnv('sqlite', 'minimal')
  try {
    await fillQuarter(env, { windows: 0, rows: 0 })
    return await env.serving(async (served) => {
      await pause(SETTLE_MS)
      const figures = [
        printFigure({ what: 'memory, idle', value: residentMb(served.pid), unit: 'MB', limit: { most: 150 } }),
      ]
      for (const one of await rates(served)) figures.push(printFigure(one))
      const after = { value: residentMb(served.pid), unit: 'MB', limit: { most: 350 } }
      figures.push(printFigure({ what: 'memory, after the load', ...after }))
      figures.push(printFigure(await callsFor(VIEWERS, env, served)))
      return figures
    })
  } finally {
    await env.end()
  }
}

const ASKED = {
  health: () => '/healthz',
  one: () => funnelPath({ source: 'task', range: '30d' }),
  compared: () => funnelPath({ source: 'task', range: '30d', compare: 'previous' }),
  each: (i: number) => funnelPath(lastDays(30, i)),
  losses: () => appPath('losses', { source: 'task', range: '30d' }),
  status: () => appPath('status', {}),
}
type Asked = keyof typeof ASKED
const NAMES = Object.keys(ASKED) as Asked[]

/** Measures the rates in alternating rounds. The best round counts, because other load on the machine only slows one down. */
async function rates({ url, token }: Served): Promise<Figure[]> {
  const rate = { health: 0, one: 0, compared: 0, each: 0, losses: 0, status: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of NAMES) {
      const asked = { path: ASKED[name], token, connections: CONNECTIONS, until: { ms: ROUND_MS } }
      rate[name] = Math.max(rate[name], (await load(url, asked)).perSecond)
    }
  }
  const figure = (what: string, name: Asked, limit: Figure['limit']): Figure => ({
    what: `API ${what}, ${CONNECTIONS} connections, relative to /healthz`,
    value: rate[name] / rate.health,
    unit: '×',
    limit,
    note: `${rate[name].toFixed(0)} per second; /healthz ${rate.health.toFixed(0)}`,
  })
  return [
    figure('funnel of 30 days, same view', 'one', { least: 0.5 }),
    figure('funnel of 30 days with a comparison, same view', 'compared', { least: 0.5 }),
    figure('funnel of 30 days, different views', 'each', null),
    figure('losses of 30 days, same view', 'losses', { least: 0.25 }),
    figure('status', 'status', { least: 0.25 }),
  ]
}

/** Counts the calls that many viewers of a new view cause. The limit is the calls of a single viewer. */
async function callsFor(viewers: number, env: BenchEnv, { url, token }: Served): Promise<Figure> {
  const ask = async (source: string, count: number) => {
    const to = midnight(Date.now()) - 3 * 60
    const path = funnelPath({ source, from: String(to - DAY), to: String(to) })
    await env.emulator.control('/arrivals/reset', {})
    await load(url, { path: () => path, token, connections: CONNECTIONS, until: { count } })
    const { items } = (await env.emulator.control('/arrivals')) as { items: Arrival[] }
    return items.length
  }
  const one = await ask('chat', 1)
  const many = await ask('task', viewers)
  return {
    what: `calls to the upstream for ${viewers} viewers of one view`,
    value: many,
    unit: 'calls',
    limit: { most: one },
  }
}
