import { Client } from 'undici'
import { compose } from '@/lib/context'
import { DAY } from '@/lib/contract/limits'
import { METRICS } from '@/lib/contract/sources'
import { readEnv } from '@/lib/env'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import type { BenchEnv } from './bench-env'
import { copyApp } from './copies'
import { percentile } from './figures'
import { addFilled, type Filled, fillDays, fillTasks } from './fill'
import { APP_ID, lastDays, midnight, scoped } from './question'
import { timedStore } from './timed'

const SAMPLES = 100
const WARM = 10
const ROUNDS = 3
const SHAPES = { 'total only': {}, 'days with vendors': { interval: 'day', vendors: '1' } } as const
type Shape = keyof typeof SHAPES

export interface Case {
  days: number
  shape: Shape
}

/** The 95th percentile, in milliseconds. */
export interface Times extends Case {
  /** In the store only. */
  store: number
  /** The whole service call, without HTTP. */
  verb: number
  /** The built app's answer. */
  api: number
}

/** Fills the last 92 days of one app: both sources, statistics and losses, hours and days. */
export async function fillQuarter(env: BenchEnv, filled: Filled): Promise<void> {
  const now = midnight(Date.now())
  const span = { from: now - 92 * DAY, to: now }
  await env.within(async ({ store }) => addFilled(filled, await fillDays(store, APP_ID, span, METRICS)))
}

/** Fills the days before that, up to a year in total, and 10,000 campaigns. */
export async function fillYear(env: BenchEnv, filled: Filled): Promise<void> {
  const now = midnight(Date.now())
  await env.within(async ({ store }) => {
    addFilled(filled, await fillDays(store, APP_ID, { from: now - 366 * DAY, to: now - 92 * DAY }, METRICS))
    addFilled(filled, await fillTasks(store, APP_ID, 10_000, { from: now - 360 * DAY, to: now - DAY }))
  })
}

/** Adds copies of the app until the archive has at least `rows` rows. */
export async function fillApps(env: BenchEnv, filled: Filled, rows: number): Promise<void> {
  const more = Math.ceil(rows / filled.rows) - 1
  const ids = Array.from({ length: more }, (_, i) => `copy-${i + 1}`)
  await copyApp(readEnv(env.variables), ids)
  filled.windows *= more + 1
  filled.rows *= more + 1
}

const casesOf = (spans: number[]): Case[] =>
  spans.flatMap((days) => (Object.keys(SHAPES) as Shape[]).map((shape) => ({ days, shape })))
const keys = ({ days, shape }: Case, i: number) => lastDays(days, i, SHAPES[shape])

/**
 * Measures the time in the store for comparisons: the lower quartile, and the least of some rounds. Other load on the
 * machine changes it little.
 */
export async function storeTimes(env: BenchEnv, spans: number[]): Promise<(Case & { leastMs: number })[]> {
  const cases = casesOf(spans)
  const rounds: number[][] = []
  for (let i = 0; i < ROUNDS; i++) rounds.push((await withoutHttp(env, cases)).map(({ quartile }) => quartile))
  return cases.map((one, i) => ({ ...one, leastMs: Math.min(...rounds.map((round) => round[i] ?? Number.NaN)) }))
}

/** Measures how long a funnel takes, in this process and over HTTP. */
export async function timesOf(env: BenchEnv, spans: number[]): Promise<Times[]> {
  const cases = casesOf(spans)
  const inProcess = await withoutHttp(env, cases)
  const apis = await env.serving(async ({ url, token }) => {
    const client = new Client(url)
    const found: number[] = []
    for (const one of cases) {
      const paths = Array.from({ length: WARM + SAMPLES }, (_, i) => funnelPath(keys(one, i)))
      found.push(await p95(paths, (path) => readPath(client, path, token)))
    }
    await client.close()
    return found
  })
  const { NaN: none } = Number
  return cases.map((one, i) => ({
    ...one,
    ...(inProcess[i] ?? { store: none, verb: none }),
    api: apis[i] ?? none,
  }))
}

async function withoutHttp(env: BenchEnv, cases: Case[]) {
  const running = await compose(readEnv(env.variables))
  const { store, take } = timedStore(running.ctx.store)
  const ctx = { ...running.ctx, store }
  try {
    const found: { store: number; quartile: number; verb: number }[] = []
    for (const one of cases) {
      const questions = await Promise.all(
        Array.from({ length: WARM + SAMPLES }, (_, i) => scoped(running, keys(one, i))),
      )
      const inStore: number[] = []
      take()
      const verb = await p95(questions, async (question) => {
        await getFunnel(ctx, question)
        inStore.push(take())
      })
      const counted = inStore.slice(WARM)
      found.push({ store: percentile(counted, 0.95), quartile: percentile(counted, 0.25), verb })
    }
    return found
  } finally {
    await running.stop()
  }
}

export const funnelPath = (keys: Record<string, string>): string => appPath('funnel', keys)

export function appPath(name: 'funnel' | 'losses' | 'status', keys: Record<string, string>): string {
  return `/api/v1/apps/${APP_ID}/${name}?${new URLSearchParams(keys)}`
}

/** Reads one address of the built app. Throws unless it answers 200. */
export async function readPath(client: Client, path: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  const { statusCode, body } = await client.request({ method: 'GET', path, headers })
  const text = await body.text()
  if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${text}`)
}

async function p95<T>(questions: T[], work: (question: T) => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (const [i, question] of questions.entries()) {
    const began = performance.now()
    await work(question)
    if (i >= WARM) took.push(performance.now() - began)
  }
  return percentile(took, 0.95)
}
