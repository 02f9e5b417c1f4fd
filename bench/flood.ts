import { setTimeout as pause } from 'node:timers/promises'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { compose, type Running } from '@/lib/context'
import { isPushlensError } from '@/lib/contract/errors'
import { funnelQuery } from '@/lib/contract/funnel'
import { DAY } from '@/lib/contract/limits'
import { readEnv } from '@/lib/env'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { resolveFunnel } from '@/lib/service/read/resolve-question'
import type { Arrival } from '../e2e/testing/emulator-process'
import { openBenchEnv } from './bench-env'
import { type Figure, printFigure } from './figures'
import { APP_ID } from './question'

const LATENCY_MS = 200
const CALL_MS = 1_000 + LATENCY_MS
const RANGES = 40
const TASKS = 20
const QUESTIONS = 12
const ASK_EVERY_MS = 2_500
/** A call that has just begun, one call of the collector, and the question's own call. */
const WORST_MS = 2 * CALL_MS + LATENCY_MS
const SLACK_MS = 600
const LANE = 'all_member_push_statistics'

const viewer = (id: string): KnownPrincipal => ({ kind: 'token', id, name: id, role: 'viewer', apps: ['*'] })

/**
 * Measures, in real time, how long a second person waits while one person asks for 40 ranges with 20 invented tasks each,
 * over and over, and whether the collector gets its share.
 */
export async function floodFigures(): Promise<Figure[]> {
  const env = await openBenchEnv('sqlite', 'real')
  await env.emulator.control('/faults', { kind: 'latency', ms: LATENCY_MS })
  const running = await compose(readEnv({ ...env.variables, COLLECTOR: 'on' }))
  const over = new AbortController()
  try {
    running.collector?.start()
    const flood = Array.from({ length: RANGES }, (_, i) => askForever(running, i, over.signal))
    await pause(2 * CALL_MS)
    await env.emulator.control('/arrivals/reset', {})
    const waited: number[] = []
    for (let i = 0; i < QUESTIONS; i++) {
      await pause(ASK_EVERY_MS)
      waited.push(await askOnce(running, i))
    }
    const { items } = (await env.emulator.control('/arrivals')) as { items: Arrival[] }
    over.abort()
    await Promise.all(flood)
    return [slowest(waited), longestRun(items.filter(({ endpoint }) => endpoint === LANE))].map(printFigure)
  } finally {
    over.abort()
    await running.stop()
    await env.end()
  }
}

function slowest(waited: number[]): Figure {
  return {
    what: 'slowest question of a second person beside a flood',
    value: Math.max(...waited),
    unit: 'ms',
    limit: { most: WORST_MS + SLACK_MS },
    note: `${waited.length} questions, each with one call`,
  }
}

/** At most three calls in a row may go before the collector, which has the whole first fill to do. */
function longestRun(arrivals: Arrival[]): Figure {
  let [run, longest, ofCollector] = [0, 0, 0]
  for (const { body } of arrivals) {
    const isFlood = body?.includes('invented') ?? false
    run = isFlood ? run + 1 : 0
    longest = Math.max(longest, run)
    if (!isFlood) ofCollector++
  }
  return {
    what: 'calls of the flood in a row, while the collector has work',
    value: longest,
    unit: 'calls',
    limit: { most: 3 },
    note: `${ofCollector - QUESTIONS} of ${arrivals.length} calls are the collector’s`,
  }
}

async function ask({ ctx }: Running, name: string, keys: Record<string, string | string[]>, waitMs: number) {
  const app = await ctx.store.apps.get(APP_ID)
  const scoped = authorize(viewer(name), 'read', app, funnelQuery.parse({ source: 'task', ...keys }))
  return await getFunnel(ctx, resolveFunnel(ctx, scoped), waitMs)
}

/** Asks one question of the flood until the signal aborts. Refusals do not stop it. */
async function askForever(running: Running, i: number, signal: AbortSignal): Promise<void> {
  const task = Array.from({ length: TASKS }, (_, n) => `invented-${i}-${n}`)
  const flooding = { ...running, ctx: { ...running.ctx, signal } }
  while (!signal.aborted) {
    const to = running.ctx.clock.dataS() - i * 3_600
    const keys = { from: String(to - DAY), to: String(to), task }
    const refused = (error: unknown) => {
      if (!isPushlensError(error) || error.code !== 'too_many') throw error
    }
    await ask(flooding, 'flood', keys, 1_500).catch(refused)
    await pause(100)
  }
}

/** Returns the milliseconds until a question with a range of its own is answered. */
async function askOnce(running: Running, i: number): Promise<number> {
  const to = running.ctx.clock.dataS() - (i + 1) * 7 * 60
  const began = performance.now()
  const { total } = await ask(running, 'second', { from: String(to - 5 * DAY), to: String(to) }, 30_000)
  if (total === null) throw new Error('a question was not answered within 30 s')
  return performance.now() - began
}
