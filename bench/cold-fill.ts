import { setTimeout as pause } from 'node:timers/promises'
import { compose, type Running } from '@/lib/context'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import { endpointOf, SOURCES, type Source } from '@/lib/contract/sources'
import { readEnv } from '@/lib/env'
import { bucketsIn } from '@/lib/report/collect/plan-buckets'
import { earliestAskable, type Span } from '@/lib/report/range/windows'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import type { Arrival } from '../e2e/testing/emulator-process'
import { openBenchEnv } from './bench-env'
import { type Figure, printFigure } from './figures'
import { APP_ID, scoped } from './question'

const LATENCY_MS = 200
const CALL_MS = 1_000 + LATENCY_MS
const OFFSET_MIN = 8 * 60
const ASK_EVERY_MS = 4_000
const DEADLINE_MS = 240_000
/** How soon after connecting people can see the last 24 hours, hour by hour. */
const LAST_DAY_MS = 60_000

/** Measures how the collector fills an empty archive in real time while an interactive request needs a call now and then. */
export async function coldFillFigures(): Promise<Figure[]> {
  const env = await openBenchEnv('sqlite', 'real')
  await env.emulator.control('/faults', { kind: 'latency', ms: LATENCY_MS })
  const running = await compose(readEnv({ ...env.variables, COLLECTOR: 'on' }))
  try {
    const began = performance.now()
    running.collector?.start()
    const asking = { over: false }
    const waits = askNowAndThen(running, asking)
    const timesOf = (work: (source: Source) => Promise<void>) =>
      Promise.all(SOURCES.map((source) => work(source).then(() => performance.now() - began)))
    const [lastDays, ends] = await Promise.all([
      timesOf((source) => storedHours(running, source)),
      timesOf((source) => filled(running, source)),
    ])
    asking.over = true
    const waited = await waits
    const { items } = (await env.emulator.control('/arrivals')) as { items: Arrival[] }
    return [
      ...SOURCES.map((source, i) => lastDay(source, lastDays[i] ?? Number.NaN)),
      ...SOURCES.map((source, i) => lane(source, ends[i] ?? Number.NaN, items)),
      interactive(waited),
    ].map(printFigure)
  } finally {
    await running.stop()
    await env.end()
  }
}

function lastDay(source: Source, took: number): Figure {
  const what = `last 24 hours of ${source}, hour by hour, after the app is connected`
  return { what, value: took / 1_000, unit: 's', limit: { most: LAST_DAY_MS / 1_000 } }
}

function lane(source: Source, took: number, arrivals: Arrival[]): Figure {
  const mine = arrivals.filter(({ endpoint }) => endpoint === endpointOf(source, 'statistics'))
  const first = mine[0]?.monotonicMs ?? 0
  const calls = mine.filter(({ monotonicMs }) => monotonicMs - first < took).length
  return {
    what: `initial fill of 30 days, lane of ${source} statistics, relative to its calls at ${CALL_MS} ms each`,
    value: took / (calls * CALL_MS),
    unit: '×',
    limit: { most: 1.15 },
    note: `${(took / 1_000).toFixed(1)} s for ${calls} calls`,
  }
}

function interactive(waited: number[]): Figure {
  const note = `${waited.length} requests`
  const what = 'slowest interactive request during the fill'
  return { what, value: Math.max(...waited), unit: 'ms', limit: { most: 2 * CALL_MS }, note }
}

/** Waits until every day that can still be fetched is in the archive. */
function filled(running: Running, source: Source): Promise<void> {
  const from = earliestAskable(HORIZON.statistics, running.ctx.clock.dataS())
  return bucketsStored(running, source, bucketsIn('day', { from, to: running.ctx.clock.dataS() }, OFFSET_MIN))
}

/** Waits until the 24 hours that ended last are in the archive, one by one. */
function storedHours(running: Running, source: Source): Promise<void> {
  const to = Math.floor(running.ctx.clock.dataS() / HOUR) * HOUR
  return bucketsStored(running, source, bucketsIn('hour', { from: to - DAY, to }, 0))
}

async function bucketsStored({ ctx }: Running, source: Source, buckets: Span[]): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS
  const from = Math.min(...buckets.map((bucket) => bucket.from))
  for (;;) {
    const held = await ctx.store.windows.headers({ appId: APP_ID, source, from })
    const spans = new Set(held.flatMap((one) => (one.metric === 'statistics' ? `${one.from} ${one.to}` : [])))
    const missing = buckets.filter((bucket) => !spans.has(`${bucket.from} ${bucket.to}`))
    if (missing.length === 0) return
    if (performance.now() > deadline) throw new Error(`${source}: ${missing.length} buckets are still missing`)
    await pause(20)
  }
}

/** Sends requests with unique ranges, so that each needs a call. Returns the milliseconds until each answer. */
async function askNowAndThen(running: Running, asking: { over: boolean }): Promise<number[]> {
  const waited: number[] = []
  for (let i = 0; !asking.over; i++) {
    await pause(ASK_EVERY_MS)
    const to = running.ctx.clock.dataS() - (i + 1) * 7 * 60
    const source = SOURCES[i % SOURCES.length] ?? 'task'
    const question = await scoped(running, { source, from: String(to - 5 * DAY), to: String(to) })
    const began = performance.now()
    const { total } = await getFunnel(running.ctx, question, 10_000)
    if (total === null) throw new Error('a request was not answered within 10 s')
    waited.push(performance.now() - began)
  }
  return waited
}
