import { chromium } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'
import { DAY } from '@/lib/contract/limits'
import { campaignHref } from '@/lib/contract/links'
import { PATHS } from '@/lib/contract/paths'
import { freePort } from '../e2e/testing/server'
import { chromium as chromiumPath } from '../scripts/system.mjs'
import { openBenchEnv } from './bench-env'
import { type Figure, percentile, printFigure } from './figures'
import { fillTasks } from './fill'
import { fillQuarter } from './funnels'
import { APP_ID, midnight } from './question'
import { sessionOf } from './session'

/** Other load on the machine can spoil some runs, so the median counts. */
const RUNS = 5
const CAMPAIGNS = 200
/** A desktop has no throttled processor; a phone has a slow network, and a processor four times slower. */
const DEVICES = {
  phone: { name: 'on a phone', config: undefined, least: 95 },
  desktop: { name: 'on a desktop', config: desktopConfig, least: 100 },
} as const
type Device = keyof typeof DEVICES

interface Loaded {
  performance: number
  accessibility: number
  blockedMs: number
  largestPaintMs: number
  /** Lighthouse's measure of the machine at this moment. */
  machine: number
}

/** Measures the first load of the pages with Lighthouse. */
export async function firstLoadFigures(): Promise<Figure[]> {
  const env = await openBenchEnv('sqlite', 'minimal')
  const port = await freePort()
  const browser = await chromium.launch({
    executablePath: chromiumPath() ?? undefined,
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
  })
  try {
    await fillQuarter(env, { windows: 0, rows: 0 })
    const now = midnight(Date.now())
    const campaign = await env.within(async ({ store }) => {
      await fillTasks(store, APP_ID, CAMPAIGNS, { from: now - 90 * DAY, to: now - DAY })
      return (await store.tasks.keys(APP_ID, {}))[0]?.taskId ?? ''
    })
    const pages = {
      ...{ overview: PATHS.overview, losses: PATHS.losses, campaigns: PATHS.campaigns },
      'a campaign': campaignHref(null, campaign),
    }
    return await env.serving(async ({ url }) => {
      const cookie = await sessionOf(url)
      const figures: Figure[] = []
      // The server loads the code of a page by its first request, which is not the page's own time.
      for (const path of Object.values(pages)) await fetch(url + path, { headers: { cookie } })
      for (const device of ['phone', 'desktop'] as const) {
        for (const [name, path] of Object.entries(pages)) {
          const runs: Loaded[] = []
          for (let i = 0; i < RUNS; i++) runs.push(await loadOn(device, url + path, { port, cookie }))
          figures.push(...figuresOf(`first load of ${name} ${DEVICES[device].name}`, device, runs).map(printFigure))
        }
      }
      return figures
    })
  } finally {
    await browser.close()
    await env.end()
  }
}

async function loadOn(
  device: Device,
  url: string,
  { port, cookie }: { port: number; cookie: string },
): Promise<Loaded> {
  const onlyCategories = ['performance', 'accessibility']
  const flags = { port, logLevel: 'error', extraHeaders: { cookie }, onlyCategories } as const
  const result = await lighthouse(url, flags, DEVICES[device].config)
  const { categories, audits, environment, finalDisplayedUrl = '' } = result?.lhr ?? {}
  if (finalDisplayedUrl.includes('/sign-in')) throw new Error('Lighthouse was not signed in')
  const score = (name: string) => Math.round((categories?.[name]?.score ?? Number.NaN) * 100)
  const took = (name: string) => audits?.[name]?.numericValue ?? Number.NaN
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    blockedMs: took('total-blocking-time'),
    largestPaintMs: took('largest-contentful-paint'),
    machine: environment?.benchmarkIndex ?? Number.NaN,
  }
}

function figuresOf(what: string, device: Device, runs: Loaded[]): Figure[] {
  const median = (name: keyof Loaded) =>
    percentile(
      runs.map((run) => run[name]),
      0.5,
    )
  const whole = (name: keyof Loaded) => Math.round(median(name))
  const note = `blocked for ${whole('blockedMs')} ms; largest paint after ${whole('largestPaintMs')} ms; machine ${whole('machine')}`
  const figure = (name: 'performance' | 'accessibility', least: number): Figure => ({
    what: `${what}, Lighthouse ${name}`,
    value: median(name),
    unit: 'of 100',
    limit: { least },
  })
  return [{ ...figure('performance', DEVICES[device].least), note }, figure('accessibility', 100)]
}
