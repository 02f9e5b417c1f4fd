import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exact } from '@/components/i18n/number'
import { visibleText } from '@/components/i18n/testing/render'
import { html } from '@/components/overview/testing/render'
import { truthOfStatistics } from '@/emulator/control/truth'
import { authorize } from '@/lib/access/authorize'
import { openProtocolEnv, type ProtocolEnv } from '@/lib/archive/testing/protocol-env'
import { type CountReply, type FunnelReply, funnelReply, funnelRequest } from '@/lib/contract/funnel'
import { SOURCES } from '@/lib/contract/sources'
import type { Context } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { halfOpenDates } from '@/lib/service/read/custom-dates'
import { resolveFunnel } from '@/lib/service/read/resolve-question'
import { clockAt } from '@/lib/testing/clock'
import { funnelCsv } from './funnel-csv'
import { getFunnel } from './get-funnel'

/** JSON, CSV and the page show the same numbers, and these are the emulator's own. Data time is 20 November 2026. */
const VIEWER = { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', apps: ['*'] } as const
const METRICS = ['sendable', 'sent', 'delivered', 'clicked'] as const
const ZONES = ['Asia/Shanghai', 'America/New_York', 'Asia/Kolkata', 'Europe/Berlin', 'Pacific/Auckland']
type Four = Record<(typeof METRICS)[number], number | null>

let env: ProtocolEnv
beforeAll(async () => {
  env = await openProtocolEnv({ users: 300 })
})
afterAll(() => env.close())

/** The ranges as a person chooses them. New York's clock is put back on 1 November. */
function rangesIn(tz: string) {
  const days = (from: string, through: string, times = {}) => halfOpenDates({ from, through, ...times }, tz)
  return [
    { range: 'today' },
    { range: 'yesterday' },
    { range: '24h' },
    { range: '7d' },
    days('2026-10-31', '2026-11-01'),
    days('2026-11-01', '2026-11-14'),
    days('2026-11-01', '2026-11-18', { fromTime: '00:30', throughTime: '18:00' }),
  ]
}

async function ask(query: object, waitMs: number): Promise<FunnelReply> {
  const clock = clockAt(env.clock.dataS)
  const parts = { ...env, clock, caches: createCaches(clock), upstreamApp: () => env.app }
  const ctx = { ...parts, gateway: { problem: async () => null } } as unknown as Context
  const scoped = authorize(VIEWER, 'read', env.app, funnelRequest.parse(query))
  return funnelReply.parse(await getFunnel(ctx, resolveFunnel(ctx, scoped), waitMs))
}

const four = (counts: Four) => METRICS.map((metric) => counts[metric])
const seconds = (instant: string) => Date.parse(instant) / 1_000

/** Returns the counts of each vendor and channel as lines, and the total's, as the emulator counts them. */
function truthOf({ source, range }: FunnelReply): string[] {
  const question = { source, task: null, from: seconds(range.from), to: seconds(range.to), asOf: env.clock.dataS() }
  const { total, vendors } = truthOfStatistics(env.world, question, env.switches)
  if (total === null) throw new Error('the emulator knows no total')
  const rows = vendors.map(({ platform, ...counts }) => [platform, ...four(counts)].join(' '))
  return [four(total).join(' '), ...rows.sort()]
}

const linesOf = (total: Four, vendors: (Four & { platform: number | string })[]) => [
  four(total).join(' '),
  ...vendors.map((row) => [row.platform, ...four(row)].join(' ')).sort(),
]

function csvLines(reply: FunnelReply): string[] {
  const table = (name: 'total' | 'vendors') => {
    const text = funnelCsv(reply, { demo: false }, funnelRequest.parse({ table: name }))
    return Papa.parse<Four & { platform: string }>(text.trimEnd(), { header: true }).data
  }
  const [total] = table('total')
  if (!total) throw new Error('the CSV has no total')
  return linesOf(total, table('vendors'))
}

/** Returns the rows of the vendor table as texts. */
const pageRows = (reply: FunnelReply) =>
  html(reply)
    .split('<tr')
    .filter((part) => part.includes('scope="row"') && part.includes('class="cell"'))
    .map((part) => visibleText(`<tr${part.split('</tr>')[0]}`))

/** The counts of a row as the page writes them. A delivery that no vendor reports is a word and not a number. */
function shownCounts({ delivery, ...counts }: CountReply): string[] {
  const known = METRICS.filter((metric) => metric !== 'delivered' || delivery !== 'unreported')
  return known.map((metric) => exact(counts[metric] ?? Number.NaN))
}

describe.each(ZONES)('in %s', (tz) => {
  test.each(SOURCES)('seven ranges of %s equal the truth in JSON, CSV and on the page', async (source) => {
    let vendorsSeen = 0
    for (const range of rangesIn(tz)) {
      await ask({ source, tz, ...range }, 60_000)
      const reply = await ask({ source, tz, ...range }, 0)
      const { total } = reply
      if (total === null) throw new Error(`no total of ${JSON.stringify(range)}`)
      expect(reply.totalBasis).toBe('exact')
      const truth = truthOf(reply)
      expect(linesOf(total, reply.vendors)).toEqual(truth)
      expect(csvLines(reply)).toEqual(truth)
      vendorsSeen += reply.vendors.length
      const rows = pageRows(reply)
      expect(rows).toHaveLength(reply.vendors.length === 0 ? 0 : reply.vendors.length + 1)
      for (const counts of reply.vendors.length === 0 ? [] : [total, ...reply.vendors]) {
        const shown = shownCounts(counts)
        expect(rows.some((row) => shown.every((count) => new RegExp(`(^| )${count}( |$)`).test(row)))).toBe(true)
      }
    }
    expect(vendorsSeen).toBeGreaterThan(40)
  })
})

test('the days that the clock changes are 25 hours in New York and 24 in Kolkata', async () => {
  const [from, to] = ['2026-11-01', '2026-11-02']
  const hours = async (tz: string) => {
    const { range } = await ask({ source: 'task', tz, from, to }, 0)
    return (seconds(range.to) - seconds(range.from)) / 3_600
  }
  expect(await hours('America/New_York')).toBe(25)
  expect(await hours('Asia/Kolkata')).toBe(24)
})
