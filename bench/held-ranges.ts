import { Client } from 'undici'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { Arrival } from '../e2e/testing/emulator-process'
import { openBenchEnv } from './bench-env'
import { type Figure, percentile, printFigure } from './figures'
import { fillQuarter, readPath } from './funnels'
import { APP_ID, midnight } from './question'

const WARM = 20
const SAMPLES = 100
/** Most milliseconds per report. Losses read two metrics of each window and a month of daily counts. */
const REPORTS = { funnel: 40, losses: 100 } as const
type Report = keyof typeof REPORTS

/**
 * Measures ranges of 90 days that begin and end at any whole hour, each asked once, while every bucket is stored. The
 * upstream has its real spacing, so that one call alone would miss the limit.
 */
export async function heldRangeFigures(): Promise<Figure[]> {
  const env = await openBenchEnv('sqlite', 'real')
  try {
    await fillQuarter(env, { windows: 0, rows: 0 })
    const figures: Figure[] = []
    await env.serving(async ({ url, token }) => {
      const client = new Client(url)
      for (const report of Object.keys(REPORTS) as Report[]) {
        const took: number[] = []
        for (let i = 0; i < WARM + SAMPLES; i++) {
          const began = performance.now()
          await readPath(client, `/api/v1/apps/${APP_ID}/${report}?${customRange(i)}`, token)
          if (i >= WARM) took.push(performance.now() - began)
        }
        figures.push(time(report, percentile(took, 0.95)))
      }
      await client.close()
    })
    const { items } = (await env.emulator.control('/arrivals')) as { items: Arrival[] }
    figures.push({ what: 'calls for all these ranges', value: items.length, unit: 'calls', limit: { most: 0 } })
    return figures.map(printFigure)
  } finally {
    await env.end()
  }
}

function time(report: Report, value: number): Figure {
  const what = `${report} of a custom range of 90 days, at the API, p95`
  return { what, value, unit: 'ms', limit: { most: REPORTS[report] } }
}

/** Returns 90 days that end at another hour for each `i`. */
function customRange(i: number): URLSearchParams {
  const to = midnight(Date.now()) - (i % 40) * HOUR
  const from = to - 90 * DAY + Math.floor(i / 40) * HOUR
  return new URLSearchParams({ source: 'task', from: String(from), to: String(to) })
}
