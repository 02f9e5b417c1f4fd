import 'server-only'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import type { Source } from '@/lib/contract/sources'
import type { Ticket } from '@/lib/gateway/gateway'
import { planSeries, type SeriesInterval, type SeriesPlan } from '@/lib/report/funnel/series'
import {
  daysNotHeld,
  type HeldOf,
  type Piece,
  type SeriesReport,
  seriesReport,
} from '@/lib/report/funnel/series-report'
import type { ResolvedRange } from '@/lib/report/range/range'
import { earliestAskable, type Span } from '@/lib/report/range/windows'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

interface SeriesQuestion {
  app: AppRow
  source: Source
  range: ResolvedRange
  interval: SeriesInterval
  withVendors: boolean
  /** Whether missing days are requested. Hours never are: the collector fetches them. */
  requestMissing: boolean
}

export interface ReadSeries extends SeriesReport {
  aligned: boolean
  /** The calls for missing days that have not ended. */
  tickets: Ticket[]
}

/** Returns the stored buckets of a range, of all pushes. Requests missing days, but waits for no call. */
export async function readSeries(ctx: Context, question: SeriesQuestion): Promise<ReadSeries> {
  const { app, source, interval, withVendors } = question
  const nowS = ctx.clock.dataS()
  const plan = planSeries(question.range, interval, nowS)
  const held = await heldOf(ctx, question, plan)
  const requested = new Map<string, Ticket>()
  const days = question.requestMissing ? daysNotHeld(plan, held) : []
  for (const day of days.filter(({ from }) => from >= earliestAskable(HORIZON.statistics, nowS))) {
    const wanted = { app: ctx.upstreamApp(app), source, metric: 'statistics' as const, tasks: [''], window: day }
    const [ticket] = (await ctx.archive.find(wanted, 'bulk')).tickets
    if (ticket) requested.set(spanKey(day), ticket)
  }
  const queued = (day: Span) => isUnderWay(requested.get(spanKey(day)))
  const tickets = [...requested.values()].filter(isUnderWay)
  return { ...seriesReport(plan, held, { nowS, queued, withVendors }), aligned: plan.aligned, tickets }
}

/** False once the call has ended; a stopped lane refuses it at once. */
function isUnderWay(ticket: Ticket | undefined): boolean {
  return ticket !== undefined && (ticket.place() !== null || ticket.etaMs() !== null)
}

const spanKey = ({ from, to }: Span): string => `${from}-${to}`

/**
 * Reads days as days, the app's own days from the roll-up, and hours only where no day answers. So exact windows, which
 * come one a minute, are never all read, and a year of days is not picked from its 9,000 hours.
 */
async function heldOf(
  ctx: Context,
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
  take(await within(open(), DAY))
  // Days cut off by the range, and days of 23 or 25 hours.
  for (const { from, to } of open().filter(({ from, to }) => to - from !== DAY)) {
    take(await ctx.store.windows.find({ ...subject, tasks: [''], from, to }))
  }
  const hourly = buckets.filter((bucket) => bucket.days.length === 0)
  take(await within(days.length > 0 ? open() : hourly, HOUR))
  return held
}

/** Returns the app's own days that are complete. A day beyond the horizon is final, whenever it was summed up. */
async function readDailyRollup(
  { store, clock }: Context,
  { app, source }: Pick<SeriesQuestion, 'app' | 'source'>,
  days: Span[],
): Promise<Piece[]> {
  const own = days.filter(({ from, to }) => to - from === DAY && (from + app.utcOffsetMin * 60) % DAY === 0)
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last) return []
  const earliest = earliestAskable(HORIZON.statistics, clock.dataS())
  const rows = await store.daily.within({ appId: app.id, source, from: first.from, to: last.to })
  return rows.flatMap(({ day: from, counts, heldS, asOf: fetchedAt, final }) =>
    heldS === DAY ? [{ from, to: from + DAY, counts, fetchedAt, final: final || from < earliest }] : [],
  )
}
