import 'server-only'
import type { Coverage, Freshness } from '@/lib/contract/freshness'
import type { LossRecord } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import type { ResolvedRange } from '@/lib/report/range'
import { sumOf } from '@/lib/report/series-report'
import { coverageOfGaps, gapsOf, sumOfLosses } from '@/lib/report/tiles'
import { planExact, type Span } from '@/lib/report/windows'
import type { AppRow } from '@/lib/store/apps'
import type { WindowCounts } from '@/lib/store/window-rows'
import type { Context } from './context'
import { heldPairs, type Pair, pairOf } from './held-pairs'
import { type ReadWindows, readWindows } from './read-windows'

export interface LossQuestion {
  app: AppRow
  source: Source
  /** [''] is the overall. */
  tasks: string[]
  range: ResolvedRange
}

export interface TaskCover {
  task: string
  known: boolean | null
  held: number
  expected: number
  asOf: number | null
}

export interface ReadLosses {
  window: Span
  basis: 'exact' | 'cut' | 'sum'
  record: LossRecord | null
  counts: WindowCounts | null
  tasks: TaskCover[]
  coverage: Coverage
  /** Epoch seconds of the oldest fetch used. */
  asOf: number | null
  unreadable: number
  freshness: Freshness
}

const HELD: Freshness = { state: 'fresh', place: null, etaMs: null, retryAfterMs: null, problem: null }
const PENDING: Freshness = { ...HELD, state: 'pending' }

/**
 * The losses of a range and the funnel of the same time. Inside Tencent's horizon that is one exact window, asked for,
 * and held windows side by side until it is there; beyond it those, with one exact window for what the archive has not
 * fetched yet. `waitMs` null asks for nothing.
 */
export async function readLosses(ctx: Context, question: LossQuestion, waitMs: number | null): Promise<ReadLosses> {
  const { tasks, range } = question
  const now = Math.floor(ctx.now() / 1_000)
  const [cut] = planExact(range, 'loss', now).windows
  const inside = cut?.from === range.from
  const held = inside ? new Map<string, Pair[]>() : await tilesOf(ctx, question, tasks)
  const ask = cut && spanToAsk(cut, [...held.values()], inside)
  const exact = ask ? await exactPairs(ctx, question, ask, waitMs) : null
  for (const { task, pair } of exact?.pairs ?? []) held.set(task, besides(held.get(task) ?? [], pair))
  const open = inside ? tasks.filter((task) => !held.has(task)) : []
  for (const [task, tiles] of await tilesOf(ctx, question, open)) held.set(task, tiles)
  const within = inside && (open.length === 0 || [...held.values()].every((tiles) => tiles.length === 0))
  const all = tasks.flatMap((task) => held.get(task) ?? [])
  const [told, hull] = [toldOf(all), hullOf(all) ?? cut ?? range]
  const earliest = cut?.from ?? range.to
  const covers = tasks.map((task) => coverOf(range, held.get(task) ?? [], { within, earliest, asked: exact !== null }))
  const [first] = all
  return {
    window: hull,
    basis: within ? 'exact' : all.length === 1 && first && first.from === ask?.from ? 'cut' : 'sum',
    record: lossesOf(told),
    counts: told.length > 0 ? sumOf(told.map(({ counts }) => ({ counts }))) : null,
    tasks: tasks.map((task, i) => taskCover(task, held.get(task) ?? [], covers[i])),
    coverage: joined(covers),
    asOf: all.length > 0 ? Math.min(...all.map(({ fetchedAt }) => fetchedAt)) : null,
    unreadable: all.reduce((sum, { unreadable }) => sum + unreadable, 0),
    freshness: standing(exact?.freshness ?? HELD, all.length > 0),
  }
}

async function tilesOf(
  ctx: Context,
  { app, source, range }: LossQuestion,
  tasks: string[],
): Promise<Map<string, Pair[]>> {
  const found = tasks.map(async (task) => [task, await heldPairs(ctx, { appId: app.id, source, task, range })] as const)
  return new Map(await Promise.all(found))
}

/**
 * The part to ask for: none where the archive holds it all, the time since its last hour where only that is open, else
 * all Tencent still tells. Whoever asks within the hour asks the same question, though the archive fills meanwhile.
 */
function spanToAsk(cut: Span, held: Pair[][], whole: boolean): Span | null {
  if (whole) return cut
  const gaps = held.flatMap((tiles) => gapsOf(tiles, cut))
  const [gap] = gaps
  if (!gap) return null
  const tail = gaps.every(({ from, to }) => from === gap.from && to === cut.to)
  return tail ? gap : cut
}

/** A window per task with its funnel, after waiting at most `waitMs`; only what is held where that is null. */
async function exactPairs(ctx: Context, question: LossQuestion, window: Span, waitMs: number | null) {
  const asked = { ...question, range: { ...question.range, ...window } }
  const read = (metric: 'loss' | 'statistics') =>
    waitMs === null ? heldOnly(ctx, asked, metric) : readWindows(ctx, { ...asked, metric }, waitMs)
  const [loss, statistics] = await Promise.all([read('loss'), read('statistics')])
  const pairs = question.tasks.flatMap((task) => {
    const pair = pairOf(loss.held.get(task), statistics.held.get(task))
    return pair ? [{ task, pair }] : []
  })
  return { pairs, freshness: together(loss.freshness, statistics.freshness) }
}

async function heldOnly(
  ctx: Context,
  { app, source, tasks, range }: LossQuestion,
  metric: 'loss' | 'statistics',
): Promise<Pick<ReadWindows, 'held' | 'freshness'>> {
  const { from, to } = range
  const held = await ctx.archive.held({ app: ctx.upstreamApp(app), source, metric, tasks, window: { from, to } })
  return { held, freshness: held.size === tasks.length ? HELD : PENDING }
}

/** Of several tasks those Tencent told nothing of are left out of the sum: what is unknown of one is not of the others. */
function toldOf(all: Pair[]): Pair[] {
  const told = all.filter(isTold)
  return told.length > 0 ? told : all
}

/** All four arrays of a result that was not there are absent. */
const isTold = ({ record }: Pair): boolean => record !== null && record.absent.length < 4

/** The exact window and what lies beside it; a funnel alone takes no losses away. */
function besides(tiles: Pair[], pair: Pair): Pair[] {
  if (pair.record === null && tiles.length > 0) return tiles
  const others = tiles.filter(({ from, to }) => to <= pair.from || pair.to <= from)
  return [...others, pair].sort((a, b) => a.from - b.from)
}

function lossesOf(told: Pair[]): LossRecord | null {
  const records = told.flatMap(({ record }) => record ?? [])
  return records.length > 0 ? sumOfLosses('', records) : null
}

function hullOf(all: Pair[]): Span | null {
  if (all.length === 0) return null
  return { from: Math.min(...all.map(({ from }) => from)), to: Math.max(...all.map(({ to }) => to)) }
}

interface Facts {
  within: boolean
  earliest: number
  asked: boolean
}

/** An exact window counts as one; what is put together is counted in hours. */
function coverOf(range: Span, tiles: Pair[], { within, earliest, asked }: Facts): Coverage {
  const gaps = gapsOf(tiles, range)
  const cover = coverageOfGaps(range, gaps, earliest, asked)
  return within ? { held: gaps.length === 0 ? 1 : 0, expected: 1, missing: cover.missing } : cover
}

function joined(covers: Coverage[]): Coverage {
  const missing = new Map(covers.flatMap((one) => one.missing).map((one) => [JSON.stringify(one), one]))
  return {
    held: covers.reduce((sum, one) => sum + one.held, 0),
    expected: covers.reduce((sum, one) => sum + one.expected, 0),
    missing: [...missing.values()],
  }
}

function taskCover(task: string, tiles: Pair[], cover: Coverage | undefined): TaskCover {
  return {
    task,
    known: tiles.length > 0 ? tiles.some(isTold) : null,
    held: cover?.held ?? 0,
    expected: cover?.expected ?? 0,
    asOf: tiles.length > 0 ? Math.min(...tiles.map(({ fetchedAt }) => fetchedAt)) : null,
  }
}

/** What there is while the rest is on its way is stale, not pending. */
function standing(read: Freshness, some: boolean): Freshness {
  return some && read.state === 'pending' ? { ...read, state: 'stale' } : read
}

/** Fresh when both are; the estimate is that of the later one. Without the losses there is nothing to show yet. */
function together(loss: Freshness, statistics: Freshness): Freshness {
  const both = [loss, statistics]
  const of = (numbers: (number | null)[], pick: (...all: number[]) => number) => {
    const known = numbers.filter((one) => one !== null)
    return known.length > 0 ? pick(...known) : null
  }
  const fresh = both.every(({ state }) => state === 'fresh')
  return {
    state: fresh ? 'fresh' : loss.state === 'pending' ? 'pending' : 'stale',
    place: of([loss.place, statistics.place], Math.min),
    etaMs: of([loss.etaMs, statistics.etaMs], Math.max),
    retryAfterMs: of([loss.retryAfterMs, statistics.retryAfterMs], Math.min),
    problem: loss.problem ?? statistics.problem,
  }
}
