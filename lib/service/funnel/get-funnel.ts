import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { Freshness } from '@/lib/contract/freshness'
import type { FunnelQuery, FunnelReply } from '@/lib/contract/funnel'
import { DAY, HORIZON, INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import type { Ticket } from '@/lib/gateway/gateway'
import { funnelReport } from '@/lib/report/funnel/funnel'
import { earliestAskable } from '@/lib/report/range/windows'
import { pastOf } from '@/lib/report/tasks/life'
import type { Context } from '@/lib/service/context'
import { freshnessOf } from '@/lib/service/read/freshness'
import { readReceipts } from '@/lib/service/read/read-receipts'
import { type ReadSeries, readSeries } from '@/lib/service/read/read-series'
import { type ReadWindows, readLives, readWindows } from '@/lib/service/read/read-windows'
import type { Question } from '@/lib/service/read/resolve-question'
import { shareReply } from '@/lib/service/read/shared-replies'
import { isOfLife, livesOf } from '@/lib/service/read/task-lives'

const NO_COUNTS = { sent: 0, delivered: 0, clicked: 0 }
/** A series that fills is read this often, although its last bucket may be half a minute away. */
const FILLING_RETRY_MS = 3_000

/**
 * Returns sendable, sent, delivered and clicked of a range: in total, per vendor, over time. Tasks without a range are
 * counted over their lives. An error of Tencent is part of the reply and never thrown.
 */
export function getFunnel(
  ctx: Context,
  scoped: Scoped<Question<FunnelQuery>>,
  waitMs: number = INTERACTIVE_WAIT_MS,
): Promise<FunnelReply> {
  const { app, query: question } = scoped
  const makeReply = () => funnelOf(ctx, scoped, waitMs)
  if (question.query.task.length > 0) return makeReply()
  const key = [app.id, app.archiveRevision, app.utcOffsetMin, waitMs, question]
  return shareReply(ctx, JSON.stringify(key), makeReply)
}

async function funnelOf(
  ctx: Context,
  { app, query: question }: Scoped<Question<FunnelQuery>>,
  waitMs: number,
): Promise<FunnelReply> {
  const { query, nowS } = question
  const { source, interval } = query
  const tasks = source === 'task' && query.task.length > 0 ? [...new Set(query.task)] : ['']
  const lives = isOfLife(query, tasks) ? await livesOf(ctx, app, 'statistics', tasks) : null
  const range = lives ? { ...question.range, ...pastOf(lives, nowS), preset: null } : question.range
  const isBeyondHorizon = range.from < earliestAskable(HORIZON.statistics, nowS)
  const metric = 'statistics'
  const read = lives
    ? await readLives(ctx, { app, metric, lives }, waitMs)
    : await readWindows(ctx, { app, source, metric, tasks, range }, waitMs)
  const needsSeries = tasks[0] === '' && (interval !== 'none' || isBeyondHorizon)
  const series = needsSeries
    ? await readSeries(ctx, {
        app,
        source,
        range,
        interval: interval === 'none' ? 'day' : interval,
        withVendors: query.vendors === '1',
        requestMissing: interval !== 'none',
      })
    : null
  const history = await ctx.store.windows.reporting({ appId: app.id, source, since: nowS - 30 * DAY })
  const { totalBasis, ...counted } = totalOf(read, series, isBeyondHorizon)
  const report = funnelReport({
    range,
    source,
    tasks: tasks.filter((task) => task !== ''),
    ...counted,
    history: (vendor, channel) => history.find((one) => one.vendor === vendor && one.channel === channel) ?? NO_COUNTS,
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
    freshness: whileFilling(read.freshness, { hasTotal: report.total !== null, tickets: shown?.tickets ?? [] }),
  }
}

/**
 * Chooses where the total comes from. A stored exact window wins, whatever the buckets say; until there is one, buckets
 * without a gap are summed. Beyond the horizon stored buckets are summed, unless they cover less time than the part that
 * Tencent still answers.
 */
function totalOf(read: ReadWindows, series: ReadSeries | null, isBeyondHorizon: boolean) {
  const records = [...read.held.values()].flatMap(({ task, counts }) => (counts ? [{ task, ...counts }] : []))
  const { asOf, coverage } = read
  const basis: FunnelReply['totalBasis'] = read.refused ? 'halved' : read.cut ? 'cut' : 'exact'
  const exact = { records, asOf, coverage, totalBasis: basis }
  if (!series?.sum || (records.length > 0 && !read.cut)) return exact
  if (!isBeyondHorizon && series.coverage.held < series.coverage.expected) return exact
  const exactSeconds = records.length > 0 ? read.window.to - read.window.from : 0
  if (series.seconds < exactSeconds) return exact
  const summed = { records: [{ task: '', ...series.sum }], asOf: series.asOf, coverage: series.coverage }
  return { ...summed, totalBasis: 'sum' as const }
}

/** While buckets are on their way the whole reply is stale, so that the client comes again. */
function whileFilling(read: Freshness, { hasTotal, tickets }: { hasTotal: boolean; tickets: Ticket[] }): Freshness {
  const known: Freshness = hasTotal && read.state === 'pending' ? { ...read, state: 'stale' } : read
  if (tickets.length === 0) return known
  const filling = freshnessOf({ complete: false, held: true, tickets, problem: null })
  const shown = known.state === 'fresh' ? filling : known
  return { ...shown, retryAfterMs: Math.min(shown.retryAfterMs ?? FILLING_RETRY_MS, FILLING_RETRY_MS) }
}
