import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { Freshness } from '@/lib/contract/freshness'
import type { FunnelQuery, FunnelReply } from '@/lib/contract/funnel'
import { DAY, HORIZON, INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import type { Ticket } from '@/lib/gateway/gateway'
import { funnelReport } from '@/lib/report/funnel/funnel'
import { resolveRange } from '@/lib/report/range/range'
import { earliestAskable } from '@/lib/report/range/windows'
import { pastOf } from '@/lib/report/tasks/life'
import type { Context } from '@/lib/service/context'
import { freshnessOf } from '@/lib/service/read/freshness'
import { readReceipts } from '@/lib/service/read/read-receipts'
import { type ReadSeries, readSeries } from '@/lib/service/read/read-series'
import { type ReadWindows, readLives, readWindows } from '@/lib/service/read/read-windows'
import { thisSecond } from '@/lib/service/read/shared-replies'
import { isOfLife, livesOf } from '@/lib/service/read/task-lives'

const NOTHING = { sent: 0, delivered: 0, clicked: 0 }
/** How often a series that fills is worth looking at, while its last bucket may be half a minute away. */
const WATCH_MS = 3_000

/**
 * Sendable, sent, delivered, clicked of a range: in total, per vendor, over time. Tasks without a range are counted over
 * their lives. Never fails because the upstream does.
 */
export function getFunnel(
  ctx: Context,
  scoped: Scoped<FunnelQuery>,
  waitMs: number = INTERACTIVE_WAIT_MS,
): Promise<FunnelReply> {
  const { app, query } = scoped
  const reply = () => funnelOf(ctx, scoped, waitMs)
  if (query.task.length > 0) return reply()
  const madeOf = [app.id, app.archiveRevision, app.utcOffsetMin, waitMs, query]
  return thisSecond(ctx, JSON.stringify(madeOf), reply)
}

async function funnelOf(ctx: Context, { app, query }: Scoped<FunnelQuery>, waitMs: number): Promise<FunnelReply> {
  const nowS = ctx.clock.dataS()
  const { source } = query
  // Hours that do not make up their day are not kept, and days take their place.
  const interval = app.byDay && query.interval === 'hour' ? 'day' : query.interval
  const tasks = source === 'task' && query.task.length > 0 ? [...new Set(query.task)] : ['']
  const lives = isOfLife(query, tasks) ? await livesOf(ctx, app, 'statistics', tasks) : null
  const resolved = resolveRange(query, { nowS, appOffsetMin: app.utcOffsetMin })
  const range = lives ? { ...resolved, ...pastOf(lives, nowS), preset: null } : resolved
  const beyond = range.from < earliestAskable(HORIZON.statistics, nowS)
  const asked = interval === 'none' ? 'day' : interval
  const withSeries = tasks[0] === '' && (interval !== 'none' || beyond)
  const question = { app, source, range, interval: asked, withVendors: query.vendors === '1', ask: interval !== 'none' }
  const metric = 'statistics'
  const read = lives
    ? await readLives(ctx, { app, metric, lives }, waitMs)
    : await readWindows(ctx, { app, source, metric, tasks, range }, waitMs)
  const series = withSeries ? await readSeries(ctx, question) : null
  const past = await ctx.store.windows.reporting({ appId: app.id, source, since: nowS - 30 * DAY })
  const { totalBasis, ...counted } = totalOf(read, series, beyond)
  const report = funnelReport({
    range,
    source,
    tasks: tasks.filter((task) => task !== ''),
    ...counted,
    history: (vendor, channel) => past.find((one) => one.vendor === vendor && one.channel === channel) ?? NOTHING,
    receipts: await readReceipts(ctx, app, source),
    withVendors: query.vendors !== '0',
    unreadable: read.unreadable,
    nowS,
  })
  const shown = interval === 'none' ? null : series
  return {
    ...report,
    stillFilling: report.stillFilling && (lives === null || lives.some(({ from }) => nowS - from < 2 * DAY)),
    totalBasis,
    interval,
    series: shown?.series ?? [],
    seriesSum: shown?.sum?.total ?? null,
    aligned: series?.aligned ?? true,
    hourly: !app.byDay,
    coverage: shown?.coverage ?? report.coverage,
    freshness: whileFilling(read.freshness, { total: report.total !== null, tickets: shown?.tickets ?? [] }),
  }
}

/**
 * The exact window where it is held, whatever the buckets say; until it is, buckets without a hole. Beyond the horizon
 * held buckets are added up, unless they stand for less time than the window of what Tencent still answers for.
 */
function totalOf(read: ReadWindows, series: ReadSeries | null, beyond: boolean) {
  const records = [...read.held.values()].flatMap(({ task, counts }) => (counts ? [{ task, ...counts }] : []))
  const { asOf, coverage } = read
  const basis: FunnelReply['totalBasis'] = read.refused ? 'halved' : read.cut ? 'cut' : 'exact'
  const exact = { records, asOf, coverage, totalBasis: basis }
  if (!series?.sum || (records.length > 0 && !read.cut)) return exact
  if (!beyond && series.coverage.held < series.coverage.expected) return exact
  const cut = records.length > 0 ? read.window.to - read.window.from : 0
  if (series.seconds < cut) return exact
  const summed = { records: [{ task: '', ...series.sum }], asOf: series.asOf, coverage: series.coverage }
  return { ...summed, totalBasis: 'sum' as const }
}

/** What is there while more is on its way is stale as a whole, so that the reader comes again. */
function whileFilling(read: Freshness, { total, tickets }: { total: boolean; tickets: Ticket[] }): Freshness {
  const known: Freshness = total && read.state === 'pending' ? { ...read, state: 'stale' } : read
  if (tickets.length === 0) return known
  const filling = freshnessOf({ complete: false, held: true, tickets, problem: null })
  const shown = known.state === 'fresh' ? filling : known
  return { ...shown, retryAfterMs: Math.min(shown.retryAfterMs ?? WATCH_MS, WATCH_MS) }
}
