import 'server-only'
import type { ArchiveResult, WindowRequest } from '@/lib/archive/archive'
import type { Coverage, Freshness, WindowState } from '@/lib/contract/freshness'
import type { Endpoint, Metric, Source } from '@/lib/contract/sources'
import { endpointOf } from '@/lib/contract/sources'
import type { ResolvedRange } from '@/lib/report/range/range'
import { coverageOf, type Plan, planExact, type Span } from '@/lib/report/range/windows'
import { type Life, pastOf } from '@/lib/report/tasks/life'
import type { AppRow } from '@/lib/store/people/apps'
import type { HeldWindow } from '@/lib/store/windows/windows'
import type { UpstreamError } from '@/lib/timpush/errors'
import { readExactBehind } from './behind-sum'
import { expiredFreshness, finalFreshness, freshnessOf, isRefused, problemOf, settle } from './freshness'
import type { HeldSum } from './held-sum'
import type { ReaderContext } from './reader'

export interface ReadWindows {
  window: Span
  /** The window is shorter than the range: Tencent has forgotten the rest. */
  cut: boolean
  /** It is shorter because Tencent refuses the whole of it. */
  refused: boolean
  held: Map<string, HeldWindow>
  coverage: Coverage
  freshness: Freshness
  /** Epoch seconds of the oldest fetch used. */
  asOf: number | null
  unreadable: number
}

/**
 * Returns the exact window of a range, one per task, after waiting at most `waitMs` for missing or stale ones. A range
 * that begins before Tencent's horizon is answered by its stored exact window, else by the part Tencent still answers.
 */
export async function readWindows(
  ctx: ReaderContext,
  question: { app: AppRow; source: Source; metric: Metric; tasks: string[]; range: ResolvedRange },
  waitMs: number,
): Promise<ReadWindows> {
  const { app, source, metric, tasks, range } = question
  const subject = { app: ctx.upstreamApp(app), source, metric, tasks }
  const plan = await planWithStored(ctx, subject, range)
  const [window = { from: range.from, to: range.to }] = plan.windows
  const wanted = { ...subject, window }
  const refused = plan.missing.some(({ state }) => state === 'missing')
  const first = await ctx.archive.find(wanted, { priority: 'single', waiter: ctx.waiter })
  const failures = await settle(first.tickets, waitMs)
  // A window that was refused just now is requested by half at once, instead of reporting a failure.
  if (failures.length > 0 && ctx.archive.fitted(wanted).from !== window.from) return readWindows(ctx, question, 0)
  const held = first.tickets.length > 0 ? await ctx.archive.held(wanted) : first.held
  return {
    window,
    cut: window.from !== range.from,
    refused,
    coverage: coverageOf([
      ...plan.missing,
      ...tasks.map((task) => ({ ...window, state: windowState(task, held, first) })),
    ]),
    ...(await readingOf(ctx, { app, endpoint: endpointOf(source, metric), tasks }, { first, held, failures })),
  }
}

/**
 * Returns the exact window of a range that stored buckets cover, of all pushes, as far as it is the better answer. A
 * missing or stale one is fetched behind, but never waited for.
 */
export async function readWindowBehind(
  ctx: ReaderContext,
  { app, source, range }: { app: AppRow; source: Source; range: ResolvedRange },
  { counts, isStale }: HeldSum,
): Promise<ReadWindows> {
  const sum = { total: counts.total.sent, isStale }
  const { window, freshness } = await readExactBehind(ctx, { app, source, metric: 'statistics', range }, sum, true)
  return {
    window: { from: range.from, to: range.to },
    cut: false,
    refused: false,
    held: new Map(window ? [['', window]] : []),
    coverage: coverageOf([{ from: range.from, to: range.to, state: 'held' }]),
    freshness,
    asOf: window?.fetchedAt ?? null,
    unreadable: window?.unreadable ?? 0,
  }
}

/**
 * Returns the windows of whole task lives, like `readWindows` for a range. Each life has its own coverage; `window`
 * begins with the first sending and ends now. With `waitMs` null nothing is requested.
 */
export async function readLives(
  ctx: ReaderContext,
  { app, metric, lives }: { app: AppRow; metric: Metric; lives: Life[] },
  waitMs: number | null,
): Promise<ReadWindows> {
  const wanted = { app: ctx.upstreamApp(app), metric, lives }
  const first =
    waitMs === null
      ? { held: await ctx.archive.lives.held(wanted), states: new Map<string, WindowState>(), tickets: [] }
      : await ctx.archive.lives.find(wanted, { priority: 'single', waiter: ctx.waiter })
  const failures = await settle(first.tickets, waitMs ?? 0)
  const held = first.tickets.length > 0 ? await ctx.archive.lives.held(wanted) : first.held
  const about = { app, endpoint: endpointOf('task', metric), tasks: lives.map(({ task }) => task) }
  return {
    window: pastOf(lives, ctx.clock.dataS()),
    cut: false,
    refused: false,
    coverage: coverageOf(
      lives.map((life) => ({ ...pastOf([life], ctx.clock.dataS()), state: windowState(life.task, held, first) })),
    ),
    ...(await readingOf(ctx, about, { first, held, failures })),
  }
}

/** Compares what was stored before and after waiting, and says how fresh it is. */
async function readingOf(
  ctx: ReaderContext,
  { app, endpoint, tasks }: { app: AppRow; endpoint: Endpoint; tasks: string[] },
  { first, held, failures }: { first: ArchiveResult; held: Map<string, HeldWindow>; failures: UpstreamError[] },
): Promise<Omit<ReadWindows, 'window' | 'cut' | 'refused' | 'coverage'>> {
  const answered = tasks.filter((task) => isNewer(held.get(task), first.held.get(task)))
  const windows = [...held.values()]
  const complete = tasks.every(
    (task) => first.states.get(task) === 'held' || first.states.get(task) === 'expired' || answered.includes(task),
  )
  const isExpired = held.size === 0 && tasks.every((task) => first.states.get(task) === 'expired')
  const problem = complete ? null : await problemOf(ctx, app.id, endpoint, failures)
  const isFinal = held.size === 0 && problem !== null && isRefused(first.tickets, failures)
  const freshness = freshnessOf({ complete, held: held.size > 0, tickets: first.tickets, problem })
  return {
    held,
    freshness: isExpired ? expiredFreshness() : isFinal ? finalFreshness(problem) : freshness,
    asOf: windows.length > 0 ? Math.min(...windows.map((one) => one.fetchedAt)) : null,
    unreadable: windows.reduce((sum, one) => sum + one.unreadable, 0),
  }
}

/**
 * Returns the plan; the whole range where it begins before the horizon but was fetched in time and is stored. Losses keep
 * the plan, since their funnel must have the same window.
 */
async function planWithStored(
  ctx: ReaderContext,
  subject: Omit<WindowRequest, 'window'>,
  { from, to }: Span,
): Promise<Plan> {
  const plan = withoutRefused(ctx, subject, planExact({ from, to }, subject.metric, ctx.clock.dataS()))
  if (plan.missing.length === 0 || subject.metric === 'loss') return plan
  const held = await ctx.archive.held({ ...subject, window: { from, to } })
  return held.size === subject.tasks.length ? { windows: [{ from, to }], missing: [] } : plan
}

/** Shortens a window that Tencent refused to the part it may answer. */
function withoutRefused(ctx: ReaderContext, subject: Omit<WindowRequest, 'window'>, plan: Plan): Plan {
  const [window] = plan.windows
  if (!window) return plan
  const part = ctx.archive.fitted({ ...subject, window })
  if (part.from === window.from) return plan
  return { windows: [part], missing: [...plan.missing, { from: window.from, to: part.from, state: 'missing' }] }
}

function isNewer(latest: HeldWindow | undefined, before: HeldWindow | undefined): boolean {
  return latest !== undefined && (before === undefined || latest.fetchedAt > before.fetchedAt)
}

function windowState(task: string, held: Map<string, HeldWindow>, first: ArchiveResult) {
  return held.has(task) ? 'held' : (first.states.get(task) ?? 'missing')
}
