import 'server-only'
import type { Freshness } from '@/lib/contract/freshness'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import type { Counts, VendorCounts } from '@/lib/contract/records'
import { placeKey } from '@/lib/report/funnel/reporting'
import { sumPieces } from '@/lib/report/funnel/series-report'
import { subtractOrNull } from '@/lib/report/null-sums'
import { disjointWindows, uncoveredSpans } from '@/lib/report/range/disjoint-windows'
import { earliestAskable, type Span } from '@/lib/report/range/windows'
import type { Life } from '@/lib/report/tasks/life'
import type { WindowCounts } from '@/lib/store/windows/window-rows'
import type { HeldWindow } from '@/lib/store/windows/windows'
import { HELD } from '../freshness'
import { readLives, readWindows } from '../read-windows'
import type { ReaderContext } from '../reader'
import { livesOf } from '../task-lives'
import type { LossQuestion } from './read-losses'
import { pairWindows, type WindowPair } from './window-pairs'

/** Losses that were not stored in time: the funnel tells how many, and nothing tells why. */
export interface UnavailableLosses {
  pairs: { task: string; pair: WindowPair }[]
  freshness: Freshness
}

const NONE: UnavailableLosses = { pairs: [], freshness: HELD }

/**
 * Returns the losses of a range that the stored windows miss and Tencent no longer has. For tasks that is the funnel of
 * the life without the funnel of the stored windows, where the hour of sending was never stored. For all pushes it is the
 * funnel of the range, only where no loss is stored: otherwise the coverage says what is missing.
 */
export async function readUnavailable(
  ctx: ReaderContext,
  question: LossQuestion,
  held: ReadonlyMap<string, WindowPair[]>,
  waitMs: number | null,
): Promise<UnavailableLosses> {
  const { app, tasks, range } = question
  const earliest = earliestAskable(HORIZON.loss, ctx.clock.dataS())
  if (tasks[0] === '') {
    const isGone = range.to <= earliest && (held.get('') ?? []).length === 0
    return isGone ? readOverallFunnel(ctx, question, waitMs) : NONE
  }
  const isGone = ({ task, sentAt, from }: Life) =>
    sentAt !== null && from < Math.min(earliest, range.to) && !covers(held.get(task) ?? [], from)
  const losses = (await livesOf(ctx, app, 'loss', tasks)).filter(isGone)
  if (losses.length === 0) return NONE
  const lives = await livesOf(
    ctx,
    app,
    'statistics',
    losses.map(({ task }) => task),
  )
  const read = await readLives(ctx, { app, metric: 'statistics', lives }, waitMs)
  return {
    pairs: losses.flatMap((life) => {
      const pair = restOf(life, read.held.get(life.task), held.get(life.task) ?? [])
      return pair ? [{ task: life.task, pair }] : []
    }),
    freshness: waitMs === null ? HELD : read.freshness,
  }
}

const covers = (pairs: WindowPair[], at: number): boolean => pairs.some(({ from, to }) => from <= at && at < to)

/** Returns the funnel of a life without that of the stored windows; null where nothing is left or a part is unknown. */
function restOf(life: Life, whole: HeldWindow | undefined, pairs: WindowPair[]): WindowPair | null {
  const gone = pairWindows(undefined, whole)
  if (!gone?.counts) return null
  const stored = pairs.length > 0 ? sumPieces(pairs) : null
  if (pairs.length > 0 && !stored) return null
  const counts = stored ? subtractCounts(gone.counts, stored) : gone.counts
  if ((counts.total.sendable ?? 0) <= 0 && (counts.total.sent ?? 0) <= 0) return null
  const to = Math.max(life.from + HOUR, Math.min(gone.to, ...pairs.map(({ from }) => from)))
  return { ...gone, from: life.from, to, counts, reasonsGone: true }
}

function subtractCounts(whole: WindowCounts, part: WindowCounts): WindowCounts {
  const parts = new Map(part.rows.map((row) => [placeKey(row), row]))
  const rest = (a: Counts, b: Counts): Counts => ({
    sendable: subtractOrNull(a.sendable, b.sendable),
    sent: subtractOrNull(a.sent, b.sent),
    delivered: subtractOrNull(a.delivered, b.delivered),
    clicked: subtractOrNull(a.clicked, b.clicked),
  })
  return {
    total: rest(whole.total, part.total),
    rows: whole.rows.map((row): VendorCounts => {
      const own = parts.get(placeKey(row))
      return own ? { ...row, ...rest(row, own) } : row
    }),
  }
}

/** Returns the funnel of the whole range: its exact window, else the stored days and hours. */
async function readOverallFunnel(
  ctx: ReaderContext,
  { app, source, range }: LossQuestion,
  waitMs: number | null,
): Promise<UnavailableLosses> {
  const { from, to } = range
  const wanted = { source, metric: 'statistics' as const, tasks: [''] }
  const read = waitMs === null ? null : await readWindows(ctx, { app, ...wanted, range }, waitMs)
  const held = await ctx.archive.held({ app: ctx.upstreamApp(app), ...wanted, window: { from, to } })
  const exact = held.get('')
  const windows = exact ? [exact] : await readDaysAndHours(ctx, { appId: app.id, source, range })
  return {
    pairs: windows.flatMap((window) => {
      const pair = pairWindows(undefined, window)
      return pair?.counts ? [{ task: '', pair: { ...pair, reasonsGone: true } }] : []
    }),
    freshness: read?.freshness ?? HELD,
  }
}

async function readDaysAndHours(
  ctx: ReaderContext,
  { appId, source, range }: Pick<LossQuestion, 'source'> & { appId: string; range: Span },
): Promise<HeldWindow[]> {
  const within = ({ from, to }: Span, seconds: number) =>
    ctx.store.windows.within({ appId, source, metric: 'statistics', task: '', from, to, seconds })
  const days = disjointWindows(await within(range, DAY))
  const hours = await Promise.all(uncoveredSpans(days, range).map((gap) => within(gap, HOUR)))
  return disjointWindows([...days, ...hours.flat()])
}
