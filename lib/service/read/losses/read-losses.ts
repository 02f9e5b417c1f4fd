import 'server-only'
import type { Coverage, Freshness } from '@/lib/contract/freshness'
import type { Source } from '@/lib/contract/sources'
import { coverageOfGaps, uncoveredSpans } from '@/lib/report/range/disjoint-windows'
import type { ResolvedRange } from '@/lib/report/range/range'
import { planExact, type Span } from '@/lib/report/range/windows'
import type { ReportContext } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import { expiredFreshness, HELD, PENDING } from '../freshness'
import { type ReadWindows, readWindows } from '../read-windows'
import type { ReaderContext } from '../reader'
import { livesOf } from '../task-lives'
import { readCoveredLosses } from './covered-losses'
import { mergeFreshness, mergeTaskLosses, type ReadLosses, staleIfPartial } from './merged-losses'
import { readUnavailable, type UnavailableLosses } from './unavailable-losses'
import { pairsCover, pairWindows, readWindowPairs, type WindowPair } from './window-pairs'

export interface LossQuestion {
  app: AppRow
  source: Source
  /** [''] is the overall. */
  tasks: string[]
  range: ResolvedRange
}

/**
 * Returns the losses of a range with the funnel of the same time. Stored days and hours that cover it answer at once.
 * Inside Tencent's horizon that is one exact window, which is requested; until it is there, stored windows side by side.
 * Beyond the horizon it is stored windows, and one exact window for what the archive has not fetched yet. Losses that were
 * not stored in time are those of the funnel, without reasons. With `waitMs` null nothing is requested.
 */
export async function readLosses(
  ctx: ReaderContext,
  question: LossQuestion,
  waitMs: number | null,
): Promise<ReadLosses> {
  const { tasks, range } = question
  const nowS = ctx.clock.dataS()
  const stored = tasks[0] === '' ? await readWindowPairs(ctx, { ...question, task: '' }) : null
  if (stored && pairsCover(stored, range)) return readCoveredLosses(ctx, question, stored, waitMs !== null)
  const [cut] = planExact(range, 'loss', nowS).windows
  const inside = cut?.from === range.from
  const spans = inside ? tasks.map(() => range) : await spansOf(ctx, question)
  const held = inside ? new Map<string, WindowPair[]>() : await pairsOfTasks(ctx, question, tasks, stored)
  const gaps = tasks.flatMap((task, i) => uncoveredSpans(held.get(task) ?? [], overlap(cut, spans[i])))
  const ask = cut && (inside ? cut : spanToRequest(cut, gaps))
  const exact = ask ? await exactPairs(ctx, question, ask, waitMs) : null
  for (const { task, pair } of exact?.pairs ?? []) held.set(task, withExact(held.get(task) ?? [], pair))
  const open = inside ? tasks.filter((task) => !held.has(task)) : []
  for (const [task, pairs] of await pairsOfTasks(ctx, question, open)) held.set(task, pairs)
  const isExact = inside && (open.length === 0 || [...held.values()].every((pairs) => pairs.length === 0))
  const facts = { isExact, earliest: cut?.from ?? range.to, requested: exact !== null }
  const coverages = tasks.map((task, i) => coverageOfTask(spans[i] ?? range, held.get(task) ?? [], facts))
  const gone = await readUnavailable(ctx, question, held, waitMs)
  for (const { task, pair } of gone.pairs) held.set(task, [pair, ...(held.get(task) ?? [])])
  const all = tasks.flatMap((task) => held.get(task) ?? [])
  return {
    window: hullOf(all) ?? cut ?? range,
    basis:
      isExact && gone.pairs.length === 0 ? 'exact' : all.length === 1 && all[0]?.from === ask?.from ? 'cut' : 'sum',
    ...mergeTaskLosses(tasks, held, coverages),
    difference: null,
    freshness: staleIfPartial(freshnessOfRead(exact?.freshness ?? null, gone, all.length > 0), all.length > 0),
  }
}

/** Without anything stored, and with nothing to request, the losses have expired. */
function freshnessOfRead(exact: Freshness | null, gone: UnavailableLosses, hasSome: boolean): Freshness {
  if (exact) return gone.pairs.length > 0 ? mergeFreshness(exact, gone.freshness) : exact
  return hasSome || gone.freshness.state !== 'fresh' ? gone.freshness : expiredFreshness()
}

/** Returns the part of the range in which each task can have losses: from its sending until a week later. */
async function spansOf(ctx: ReportContext, { app, tasks, range }: LossQuestion): Promise<Span[]> {
  if (tasks[0] === '') return [range]
  const lives = await livesOf(ctx, app, 'loss', tasks)
  return lives.map((life) => (life.sentAt === null ? range : overlap(range, life)))
}

/** Returns the shared part of two spans; empty where there is none. */
function overlap(a: Span | undefined, b: Span | undefined): Span {
  if (!a || !b) return { from: 0, to: 0 }
  const from = Math.max(a.from, b.from)
  return { from, to: Math.max(from, Math.min(a.to, b.to)) }
}

async function pairsOfTasks(
  ctx: ReportContext,
  question: LossQuestion,
  tasks: string[],
  overall: WindowPair[] | null = null,
): Promise<Map<string, WindowPair[]>> {
  if (overall) return new Map([['', overall]])
  const found = tasks.map(async (task) => [task, await readWindowPairs(ctx, { ...question, task })] as const)
  return new Map(await Promise.all(found))
}

/**
 * Returns the span to request: nothing where all of it is stored, the time since the last stored hour where only that is
 * open, else everything Tencent still answers. Within an hour that is the same request, although the archive fills.
 */
function spanToRequest(cut: Span, gaps: Span[]): Span | null {
  const [gap] = gaps
  if (!gap) return null
  const isTail = gaps.every(({ from, to }) => from === gap.from && to === cut.to)
  return isTail ? gap : cut
}

/** Returns one window per task with its funnel after waiting at most `waitMs`; only stored windows where that is null. */
async function exactPairs(ctx: ReaderContext, question: LossQuestion, window: Span, waitMs: number | null) {
  const asked = { ...question, range: { ...question.range, ...window } }
  const readMetric = (metric: 'loss' | 'statistics') =>
    waitMs === null ? readStored(ctx, asked, metric) : readWindows(ctx, { ...asked, metric }, waitMs)
  const [loss, statistics] = await Promise.all([readMetric('loss'), readMetric('statistics')])
  const pairs = question.tasks.flatMap((task) => {
    const pair = pairWindows(loss.held.get(task), statistics.held.get(task))
    return pair ? [{ task, pair }] : []
  })
  return { pairs, freshness: mergeFreshness(loss.freshness, statistics.freshness) }
}

async function readStored(
  ctx: ReportContext,
  { app, source, tasks, range }: LossQuestion,
  metric: 'loss' | 'statistics',
): Promise<Pick<ReadWindows, 'held' | 'freshness'>> {
  const { from, to } = range
  const held = await ctx.archive.held({ app: ctx.upstreamApp(app), source, metric, tasks, window: { from, to } })
  return { held, freshness: held.size === tasks.length ? HELD : PENDING }
}

/** Puts the exact window in place of what it overlaps. A window without losses replaces nothing. */
function withExact(pairs: WindowPair[], pair: WindowPair): WindowPair[] {
  if (pair.record === null && pairs.length > 0) return pairs
  const others = pairs.filter(({ from, to }) => to <= pair.from || pair.to <= from)
  return [...others, pair].sort((a, b) => a.from - b.from)
}

function hullOf(all: WindowPair[]): Span | null {
  if (all.length === 0) return null
  return { from: Math.min(...all.map(({ from }) => from)), to: Math.max(...all.map(({ to }) => to)) }
}

interface CoverageFacts {
  isExact: boolean
  /** The first second that Tencent still answers. */
  earliest: number
  requested: boolean
}

/** An exact window counts as one; several windows are counted in hours. */
function coverageOfTask(range: Span, pairs: WindowPair[], { isExact, earliest, requested }: CoverageFacts): Coverage {
  const gaps = uncoveredSpans(pairs, range)
  const hours = coverageOfGaps(range, gaps, earliest, requested)
  return isExact ? { held: gaps.length === 0 ? 1 : 0, expected: 1, missing: hours.missing } : hours
}
