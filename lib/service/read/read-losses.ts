import 'server-only'
import type { Coverage } from '@/lib/contract/freshness'
import type { Source } from '@/lib/contract/sources'
import { coverageOfGaps, uncoveredSpans } from '@/lib/report/range/disjoint-windows'
import type { ResolvedRange } from '@/lib/report/range/range'
import { planExact, type Span } from '@/lib/report/range/windows'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import { HELD, PENDING } from './freshness'
import { type ReadWindows, readWindows } from './read-windows'
import { addedUp, type ReadLosses, standing, together } from './summed-losses'
import { livesOf } from './task-lives'
import { heldPairs, type Pair, pairOf } from './window-pairs'

interface LossQuestion {
  app: AppRow
  source: Source
  /** [''] is the overall. */
  tasks: string[]
  range: ResolvedRange
}

/**
 * The losses of a range and the funnel of the same time. Inside Tencent's horizon that is one exact window, asked for,
 * and held windows side by side until it is there; beyond it those, with one exact window for what the archive has not
 * fetched yet. `waitMs` null asks for nothing.
 */
export async function readLosses(ctx: Context, question: LossQuestion, waitMs: number | null): Promise<ReadLosses> {
  const { tasks, range } = question
  const nowS = ctx.clock.dataS()
  const [cut] = planExact(range, 'loss', nowS).windows
  const inside = cut?.from === range.from
  const spans = inside ? tasks.map(() => range) : await spansOf(ctx, question)
  const held = inside ? new Map<string, Pair[]>() : await disjointWindows(ctx, question, tasks)
  const gaps = tasks.flatMap((task, i) => uncoveredSpans(held.get(task) ?? [], overlap(cut, spans[i])))
  const ask = cut && (inside ? cut : spanToAsk(cut, gaps))
  const exact = ask ? await exactPairs(ctx, question, ask, waitMs) : null
  for (const { task, pair } of exact?.pairs ?? []) held.set(task, besides(held.get(task) ?? [], pair))
  const open = inside ? tasks.filter((task) => !held.has(task)) : []
  for (const [task, tiles] of await disjointWindows(ctx, question, open)) held.set(task, tiles)
  const within = inside && (open.length === 0 || [...held.values()].every((tiles) => tiles.length === 0))
  const facts = { within, earliest: cut?.from ?? range.to, asked: exact !== null }
  const all = tasks.flatMap((task) => held.get(task) ?? [])
  const covers = tasks.map((task, i) => coverOf(spans[i] ?? range, held.get(task) ?? [], facts))
  return {
    window: hullOf(all) ?? cut ?? range,
    basis: within ? 'exact' : all.length === 1 && all[0]?.from === ask?.from ? 'cut' : 'sum',
    ...addedUp(tasks, held, covers),
    freshness: standing(exact?.freshness ?? HELD, all.length > 0),
  }
}

/** The part of the range in which each task can have lost anything: before it was sent, and a week later, there is none. */
async function spansOf(ctx: Context, { app, tasks, range }: LossQuestion): Promise<Span[]> {
  if (tasks[0] === '') return [range]
  const lives = await livesOf(ctx, app, 'loss', tasks)
  return lives.map((life) => (life.sentAt === null ? range : overlap(range, life)))
}

/** Empty where they share nothing. */
function overlap(a: Span | undefined, b: Span | undefined): Span {
  if (!a || !b) return { from: 0, to: 0 }
  const from = Math.max(a.from, b.from)
  return { from, to: Math.max(from, Math.min(a.to, b.to)) }
}

async function disjointWindows(
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
function spanToAsk(cut: Span, gaps: Span[]): Span | null {
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

/** The exact window and what lies beside it; a funnel alone takes no losses away. */
function besides(tiles: Pair[], pair: Pair): Pair[] {
  if (pair.record === null && tiles.length > 0) return tiles
  const others = tiles.filter(({ from, to }) => to <= pair.from || pair.to <= from)
  return [...others, pair].sort((a, b) => a.from - b.from)
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
  const gaps = uncoveredSpans(tiles, range)
  const cover = coverageOfGaps(range, gaps, earliest, asked)
  return within ? { held: gaps.length === 0 ? 1 : 0, expected: 1, missing: cover.missing } : cover
}
