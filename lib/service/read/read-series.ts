import 'server-only'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import { METRICS, type Source } from '@/lib/contract/sources'
import type { Ticket } from '@/lib/gateway/gateway'
import { planSeries, type SeriesInterval, type SeriesPlan } from '@/lib/report/funnel/series'
import {
  type HeldOf,
  type Piece,
  type SeriesReport,
  seriesReport,
  spansNotHeld,
} from '@/lib/report/funnel/series-report'
import type { ResolvedRange } from '@/lib/report/range/range'
import { earliestAskable, type Span } from '@/lib/report/range/windows'
import type { ReportContext } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import { isRefusal } from '@/lib/timpush/errors'
import { isUnderWay } from './freshness'
import type { ReaderContext } from './reader'

interface SeriesQuestion {
  app: AppRow
  source: Source
  range: ResolvedRange
  interval: SeriesInterval
  /** Whether missing days or hours are requested. */
  requestMissing: boolean
}

export interface ReadSeries extends SeriesReport {
  aligned: boolean
  /** The calls for missing days or hours that have not ended. */
  tickets: Ticket[]
}

/** A reader comes back for the rest, and others need the lane too. */
const HOURS_AT_ONCE = 12

/** Returns the stored buckets of a range, of all pushes. Requests missing ones, newest first, but waits for no call. */
export async function readSeries(ctx: ReaderContext, question: SeriesQuestion): Promise<ReadSeries> {
  const { interval } = question
  const nowS = ctx.clock.dataS()
  const plan = planSeries(question.range, interval, nowS)
  const held = await heldOf(ctx, question, plan)
  const missing = question.requestMissing ? spansNotHeld(plan, held).reverse() : []
  const requested = await requestSpans(ctx, question, interval === 'hour' ? missing.slice(0, HOURS_AT_ONCE) : missing)
  const tickets = [...requested.values()]
  const queued = (span: Span) => requested.has(spanKey(span))
  return { ...seriesReport(plan, held, { nowS, queued }), aligned: plan.aligned, tickets }
}

/**
 * Requests spans for somebody who looks at them, with their losses: the collector would fetch both together. What Tencent
 * refused a short while ago is not requested again. Returns the calls for statistics that have not ended, by span.
 */
async function requestSpans(
  ctx: ReaderContext,
  { app, source }: Pick<SeriesQuestion, 'app' | 'source'>,
  spans: Span[],
): Promise<Map<string, Ticket>> {
  const requested = new Map<string, Ticket>()
  for (const window of spans) {
    for (const metric of METRICS) {
      if (window.from < earliestAskable(HORIZON[metric], ctx.clock.dataS())) continue
      const refusalKey = `${app.id} ${source} ${metric} ${spanKey(window)}`
      if (ctx.caches.refusedBuckets.has(refusalKey)) continue
      const wanted = { app: ctx.upstreamApp(app), source, metric, tasks: [''], window }
      const [ticket] = (await ctx.archive.find(wanted, { priority: 'bulk', waiter: ctx.waiter })).tickets
      ticket?.done.catch((error: unknown) => {
        if (isRefusal(error)) ctx.caches.refusedBuckets.set(refusalKey, true)
      })
      if (ticket && metric === 'statistics' && isUnderWay(ticket)) requested.set(spanKey(window), ticket)
    }
  }
  return requested
}

const spanKey = ({ from, to }: Span): string => `${from}-${to}`

/**
 * Reads days as days, the app's own days from the roll-up, and hours only where no day answers. So exact windows, which
 * come one a minute, are never all read, and a year of days is not picked from its 9,000 hours.
 */
async function heldOf(
  ctx: ReportContext,
  { app, source }: Pick<SeriesQuestion, 'app' | 'source'>,
  { buckets }: SeriesPlan,
): Promise<HeldOf> {
  const found = new Map<string, Piece>()
  const take = (pieces: Piece[]) => {
    for (const one of pieces) found.set(spanKey(one), one)
  }
  const held: HeldOf = (span) => found.get(spanKey(span))
  const subject = { appId: app.id, source, metric: 'statistics' as const }
  const within = (spans: Span[], seconds: number) => {
    const [first, last] = [spans[0], spans.at(-1)]
    return first && last
      ? ctx.store.windows.within({ ...subject, task: '', from: first.from, to: last.to, seconds })
      : Promise.resolve([])
  }
  const days = buckets.flatMap((bucket) => bucket.days)
  const open = () => days.filter((day) => !held(day))
  take(await readDailyRollup(ctx, { app, source }, days))
  take(await within(open().filter(isWholeDay), DAY))
  // Days cut off by the range, and days of 23 or 25 hours.
  for (const { from, to } of open().filter((day) => !isWholeDay(day))) {
    take(await ctx.store.windows.find({ ...subject, tasks: [''], from, to }))
  }
  const hourly = buckets.filter((bucket) => bucket.days.length === 0)
  for (const run of days.length > 0 ? runsOf(open()) : [hourly]) take(await within(run, HOUR))
  return held
}

const isWholeDay = ({ from, to }: Span): boolean => to - from === DAY

/** Groups spans that touch. The first and the last day of a range may be cut, and the hours between are not needed. */
function runsOf(spans: Span[]): Span[][] {
  const runs: Span[][] = []
  for (const span of spans) {
    const run = runs.at(-1)
    if (run?.at(-1)?.to === span.from) run.push(span)
    else runs.push([span])
  }
  return runs
}

/** Returns the app's own days that are complete. A day beyond the horizon is final, whenever it was summed up. */
async function readDailyRollup(
  { store, clock }: ReportContext,
  { app, source }: Pick<SeriesQuestion, 'app' | 'source'>,
  days: Span[],
): Promise<Piece[]> {
  const own = days.filter((day) => isWholeDay(day) && (day.from + app.utcOffsetMin * 60) % DAY === 0)
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last) return []
  const earliest = earliestAskable(HORIZON.statistics, clock.dataS())
  const rows = await store.daily.within({ appId: app.id, source, from: first.from, to: last.to })
  return rows.flatMap(({ day: from, counts, heldS, asOf: fetchedAt, final }) =>
    heldS === DAY ? [{ from, to: from + DAY, counts, fetchedAt, final: final || from < earliest }] : [],
  )
}
