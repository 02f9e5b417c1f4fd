import { chromium, request } from '@playwright/test'
import lighthouse from 'lighthouse'
import { PATHS } from '@/lib/contract/paths'
import { signIn } from '../e2e/testing/fixtures'
import { freePort } from '../e2e/testing/server'
import { chromium as chromiumPath } from '../scripts/system.mjs'
import { openBenchEnv } from './bench-env'
import { type Figure, percentile, printFigure } from './figures'
import { fillQuarter } from './funnels'

/** Other load on the machine can spoil one run, so the median counts. */
const RUNS = 3
const LEAST_SCORE = 95
const PAGES = { overview: PATHS.overview, losses: PATHS.losses } as const

interface Loaded {
  performance: number
  accessibility: number
  blockedMs: number
  largestPaintMs: number
}

/** Measures the first load of a page on a phone with Lighthouse: a slow network, and a processor four times slower. */
export async function firstLoadFigures(): Promise<Figure[]> {
  const env = await openBenchEnv('sqlite', 'minimal')
  const port = await freePort()
  const browser = await chromium.launch({
    executablePath: chromiumPath() ?? undefined,
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
  })
  try {
    await fillQuarter(env, { windows: 0, rows: 0 })
    return await env.serving(async ({ url }) => {
      const cookie = await sessionOf(url)
      const figures: Figure[] = []
      for (const [name, path] of Object.entries(PAGES)) {
        const runs: Loaded[] = []
        for (let i = 0; i < RUNS; i++) runs.push(await loadOnPhone(url + path, { port, cookie }))
        figures.push(...figuresOf(name, runs).map(printFigure))
      }
      return figures
    })
  } finally {
    await browser.close()
    await env.end()
  }
}

/** Signs in and returns the header with which the browser is signed in too. */
async function sessionOf(url: string): Promise<string> {
  const context = await request.newContext()
  await signIn(context, url, 'admin')
  const { cookies } = await context.storageState()
  await context.dispose()
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

async function loadOnPhone(url: string, { port, cookie }: { port: number; cookie: string }): Promise<Loaded> {
  const result = await lighthouse(url, {
    port,
    logLevel: 'error',
    onlyCategories: ['performance', 'accessibility'],
    extraHeaders: { cookie },
  })
  const { categories, audits, finalDisplayedUrl = '' } = result?.lhr ?? {}
  if (finalDisplayedUrl.includes('/sign-in')) throw new Error('Lighthouse was not signed in')
  const score = (name: string) => Math.round((categories?.[name]?.score ?? Number.NaN) * 100)
  const took = (name: string) => audits?.[name]?.numericValue ?? Number.NaN
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    blockedMs: took('total-blocking-time'),
    largestPaintMs: took('largest-contentful-paint'),
  }
}

function figuresOf(page: string, runs: Loaded[]): Figure[] {
  const median = (name: keyof Loaded) =>
    percentile(
      runs.map((run) => run[name]),
      0.5,
    )
  const note = `blocked for ${Math.round(median('blockedMs'))} ms; largest paint after ${Math.round(median('largestPaintMs'))} ms`
  const of = { unit: 'of 100', limit: { least: LEAST_SCORE } }
  return [
    { what: `first load of ${page} on a phone, Lighthouse performance`, value: median('performance'), ...of, note },
    {
      what: `first load of ${page} on a phone, Lighthouse accessibility`,
      value: median('accessibility'),
      ...of,
      limit: { least: 100 },
    },
  ]
}
