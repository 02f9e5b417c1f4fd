import { Client } from 'undici'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { Arrival } from '../e2e/testing/emulator-process'
import { openBenchEnv } from './bench-env'
import { type Figure, percentile, printFigure } from './figures'
import { fillQuarter, readPath } from './funnels'
import { APP_ID, midnight } from './question'

const WARM = 10
const SAMPLES = 50
const REPORTS = ['funnel', 'losses'] as const

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
      for (const report of REPORTS) {
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

function time(report: (typeof REPORTS)[number], value: number): Figure {
  return { what: `${report} of a custom range of 90 days, at the API, p95`, value, unit: 'ms', limit: { most: 40 } }
}

/** Returns 90 days that end at another hour for each `i`. */
function customRange(i: number): URLSearchParams {
  const to = midnight(Date.now()) - (i % 40) * HOUR
  const from = to - 90 * DAY + Math.floor(i / 40) * HOUR
  return new URLSearchParams({ source: 'task', from: String(from), to: String(to) })
}
