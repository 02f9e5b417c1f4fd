import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { Freshness } from '@/lib/contract/freshness'
import type { BucketReply, FunnelQuery, FunnelReply } from '@/lib/contract/funnel'
import { DAY, HORIZON, INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import type { Ticket } from '@/lib/gateway/gateway'
import { funnelReport } from '@/lib/report/funnel/funnel'
import { ratedBucket } from '@/lib/report/funnel/series-rates'
import { sparklinesOf } from '@/lib/report/funnel/sparklines'
import { earliestAskable } from '@/lib/report/range/windows'
import { pastOf } from '@/lib/report/tasks/life'
import type { ReportContext } from '@/lib/service/context'
import { readingDaysOnce } from '@/lib/service/read/days-once'
import { freshnessOf, HELD } from '@/lib/service/read/freshness'
import { type HeldSum, readHeldSum } from '@/lib/service/read/held-sum'
import { readReporting } from '@/lib/service/read/read-receipts'
import { type ReadSeries, readSeries } from '@/lib/service/read/read-series'
import { type ReadWindows, readLives, readWindowBehind, readWindows } from '@/lib/service/read/read-windows'
import { asReader, type ReaderContext } from '@/lib/service/read/reader'
import { readReportedParts } from '@/lib/service/read/reported-parts'
import type { Question } from '@/lib/service/read/resolve-question'
import { shareReply } from '@/lib/service/read/shared-replies'
import { isOfLife, livesOf } from '@/lib/service/read/task-lives'
import { compareFunnel } from './compare-funnel'
import { compareSeries } from './compare-series'

/** A series that fills is read this often, although its last bucket may be half a minute away. */
const FILLING_RETRY_MS = 3_000

/**
 * Returns sendable, sent, delivered and clicked of a range: in total, per vendor, over time. Tasks without a range are
 * counted over their lives. An error of Tencent is part of the reply and never thrown.
 */
export function getFunnel(
  ctx: ReportContext,
  scoped: Scoped<Question<FunnelQuery>>,
  waitMs: number = INTERACTIVE_WAIT_MS,
): Promise<FunnelReply> {
  const { app, principal, query: question } = scoped
  const reader = asReader(ctx, principal)
  const makeReply = (ms: number) => funnelOf(reader, scoped, ms)
  if (question.query.task.length > 0) return makeReply(waitMs)
  const key = JSON.stringify([app.id, app.archiveRevision, app.utcOffsetMin, question])
  return shareReply(reader, ctx.caches.funnels, { key, waitMs }, makeReply)
}

async function funnelOf(
  ctx: ReaderContext,
  { app, query: question }: Scoped<Question<FunnelQuery>>,
  waitMs: number,
): Promise<FunnelReply> {
  const { query, nowS } = question
  const { source, interval } = query
  const tasks = source === 'task' && query.task.length > 0 ? [...new Set(query.task)] : ['']
  const lives = isOfLife(query, tasks) ? await livesOf(ctx, app, 'statistics', tasks) : null
  const range = lives ? { ...question.range, ...pastOf(lives, nowS), preset: null } : question.range
  const isBeyondHorizon = range.from < earliestAskable(HORIZON.statistics, nowS)
  const isOverall = tasks[0] === ''
  const metric = 'statistics'
  const once = readingDaysOnce(ctx)
  const sum = isOverall ? await readHeldSum(once, { app, source, range }) : null
  const read = lives
    ? await readLives(ctx, { app, metric, lives }, waitMs)
    : sum
      ? await readWindowBehind(ctx, { app, source, range }, sum)
      : await readWindows(ctx, { app, source, metric, tasks, range }, waitMs)
  const withSparklines = interval !== 'none' && query.vendors !== '0'
  const needsSeries = isOverall && (interval !== 'none' || (isBeyondHorizon && sum === null))
  const series = needsSeries
    ? // Without a sum the reply may have waited for Tencent, so the days are read again.
      await readSeries(sum ? once : ctx, {
        app,
        source,
        range,
        interval: interval === 'none' ? 'day' : interval,
        requestMissing: interval !== 'none',
      })
    : null
  const { totalBasis, ...counted } = totalOf(read, { series, sum, isBeyondHorizon })
  const { reporting, receipts } = await readReporting(ctx, app, source)
  const report = funnelReport({
    range,
    source,
    tasks: tasks.filter((task) => task !== ''),
    ...counted,
    reporting,
    receipts,
    reportedParts: isOverall ? await readReportedParts(ctx, { app, source, range }, reporting) : undefined,
    withVendors: query.vendors !== '0',
    unreadable: read.unreadable,
    nowS,
  })
  const shown = interval === 'none' ? null : series
  const compared = { app, source, range, compare: query.compare }
  const before = isOverall ? await compareSeries(ctx, { ...compared, interval }, shown?.series ?? []) : []
  const clickBasis = report.total?.rates.clickBasis ?? 'sent'
  const rated = (shown?.series ?? []).map((bucket) => ratedBucket(bucket, { reporting, clickBasis }))
  const ratedBefore = before.map((bucket) => bucket && ratedBucket(bucket, { reporting, clickBasis }))
  const isComplete = (totalBasis === 'exact' || totalBasis === 'sum') && query.vendors !== '0'
  return {
    ...report,
    stillFilling: report.stillFilling && (lives === null || lives.some(({ from }) => nowS - from < 2 * DAY)),
    totalBasis,
    comparison: isOverall ? await compareFunnel(ctx, { ...compared, reporting }, isComplete ? report : null) : null,
    interval,
    series: query.vendors === '1' ? rated : rated.map(withoutVendors),
    seriesBefore: query.vendors === '1' ? ratedBefore : ratedBefore.map((bucket) => bucket && withoutVendors(bucket)),
    sparklines: withSparklines ? sparklinesOf(report.vendors, rated) : [],
    seriesSum: shown?.sum?.total ?? (totalBasis === 'exact' ? (sum?.counts.total ?? null) : null),
    aligned: series?.aligned ?? true,
    hourly: !app.byDay,
    coverage: shown?.coverage ?? report.coverage,
    freshness: whileFilling(read.freshness, { hasTotal: report.total !== null, tickets: shown?.tickets ?? [] }),
  }
}

const withoutVendors = ({ vendors: _, ...bucket }: BucketReply): BucketReply => bucket

/**
 * Chooses where the total comes from. An exact window wins, whatever the buckets say; without one, buckets without a gap
 * are summed. Beyond the horizon stored buckets are summed, unless they cover less time than the part that
 * Tencent still answers.
 */
function totalOf(
  read: ReadWindows,
  { series, sum, isBeyondHorizon }: { series: ReadSeries | null; sum: HeldSum | null; isBeyondHorizon: boolean },
) {
  const records = [...read.held.values()].flatMap(({ task, from, to, counts }) =>
    counts ? [{ task, ...counts, spans: [{ from, to }] }] : [],
  )
  const { asOf, coverage } = read
  const basis: FunnelReply['totalBasis'] = read.refused ? 'halved' : read.cut ? 'cut' : 'exact'
  const exact = { records, asOf, coverage, totalBasis: basis }
  if (sum && records.length === 0) {
    const { counts, buckets, asOf } = sum
    const whole = { held: buckets, expected: buckets, missing: [] }
    return { records: [{ task: '', ...counts }], asOf, coverage: whole, totalBasis: 'sum' as const }
  }
  if (!series?.sum || (records.length > 0 && !read.cut)) return exact
  if (!isBeyondHorizon && series.coverage.held < series.coverage.expected) return exact
  const exactSeconds = records.length > 0 ? read.window.to - read.window.from : 0
  if (series.seconds < exactSeconds) return exact
  const record = { task: '', ...series.sum, spans: series.spans }
  const summed = { records: [record], asOf: series.asOf, coverage: series.coverage }
  return { ...summed, totalBasis: 'sum' as const }
}

/**
 * While buckets are on their way the whole reply is stale, so that the client comes again. A total that Tencent refused
 * keeps its problem meanwhile.
 */
function whileFilling(read: Freshness, { hasTotal, tickets }: { hasTotal: boolean; tickets: Ticket[] }): Freshness {
  const known = hasTotal ? withTotal(read) : read
  if (tickets.length === 0) return known
  const filling = freshnessOf({ complete: false, held: true, tickets, problem: known.problem })
  const shown = known.state === 'fresh' || known.state === 'final' ? filling : known
  return { ...shown, retryAfterMs: Math.min(shown.retryAfterMs ?? FILLING_RETRY_MS, FILLING_RETRY_MS) }
}

/** Stored buckets make a total although their exact window is awaited, or has expired. */
function withTotal(read: Freshness): Freshness {
  if (read.problem?.code === 'upstream_data_expired') return HELD
  return read.state === 'pending' ? { ...read, state: 'stale' } : read
}
