import 'server-only'
import type { ArchiveResult, WindowRequest } from '@/lib/archive/archive'
import type { Coverage, Freshness, WindowState } from '@/lib/contract/freshness'
import type { Endpoint, Metric, Source } from '@/lib/contract/sources'
import { endpointOf } from '@/lib/contract/sources'
import type { ResolvedRange } from '@/lib/report/range/range'
import { coverageOf, type Plan, planExact, type Span } from '@/lib/report/range/windows'
import { type Life, pastOf } from '@/lib/report/tasks/life'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import type { HeldWindow } from '@/lib/store/windows/windows'
import type { UpstreamError } from '@/lib/timpush/errors'
import { freshnessOf, problemOf, settle } from './freshness'

export interface ReadWindows {
  window: Span
  /** The window is less than the range: what Tencent has forgotten is cut off. */
  cut: boolean
  /** It is less because Tencent refuses the whole of it. */
  refused: boolean
  held: Map<string, HeldWindow>
  coverage: Coverage
  freshness: Freshness
  /** Epoch seconds of the oldest fetch used. */
  asOf: number | null
  unreadable: number
}

/**
 * The exact window of a range, one per task: what is held, after waiting at most `waitMs` for what is missing or stale.
 * A range begun before the upstream's horizon is answered by the exact window held for it, else by the part that can
 * still be asked.
 */
export async function readWindows(
  ctx: Context,
  question: { app: AppRow; source: Source; metric: Metric; tasks: string[]; range: ResolvedRange },
  waitMs: number,
): Promise<ReadWindows> {
  const { app, source, metric, tasks, range } = question
  const subject = { app: ctx.upstreamApp(app), source, metric, tasks }
  const plan = await planHeld(ctx, subject, range)
  const [window = { from: range.from, to: range.to }] = plan.windows
  const wanted = { ...subject, window }
  const refused = plan.missing.some(({ state }) => state === 'missing')
  const first = await ctx.archive.find(wanted, 'single')
  const failures = await settle(first.tickets, waitMs)
  // What was refused just now is asked for by half at once, rather than told as a failure.
  if (failures.length > 0 && ctx.archive.fitted(wanted).from !== window.from) return readWindows(ctx, question, 0)
  const held = first.tickets.length > 0 ? await ctx.archive.held(wanted) : first.held
  return {
    window,
    cut: window.from !== range.from,
    refused,
    coverage: coverageOf([
      ...plan.missing,
      ...tasks.map((task) => ({ ...window, state: stateNow(task, held, first) })),
    ]),
    ...(await readingOf(ctx, { app, endpoint: endpointOf(source, metric), tasks }, { first, held, failures })),
  }
}

/**
 * The lives of tasks, as `readWindows` reads one window. Each is covered by itself; `window` reaches from the first
 * sending to what is over. `waitMs` null asks nothing.
 */
export async function readLives(
  ctx: Context,
  { app, metric, lives }: { app: AppRow; metric: Metric; lives: Life[] },
  waitMs: number | null,
): Promise<ReadWindows> {
  const wanted = { app: ctx.upstreamApp(app), metric, lives }
  const first =
    waitMs === null
      ? { held: await ctx.archive.lives.held(wanted), states: new Map<string, WindowState>(), tickets: [] }
      : await ctx.archive.lives.find(wanted, 'single')
  const failures = await settle(first.tickets, waitMs ?? 0)
  const held = first.tickets.length > 0 ? await ctx.archive.lives.held(wanted) : first.held
  const about = { app, endpoint: endpointOf('task', metric), tasks: lives.map(({ task }) => task) }
  return {
    window: pastOf(lives, seconds(ctx)),
    cut: false,
    refused: false,
    coverage: coverageOf(
      lives.map((life) => ({ ...pastOf([life], seconds(ctx)), state: stateNow(life.task, held, first) })),
    ),
    ...(await readingOf(ctx, about, { first, held, failures })),
  }
}

/** What was held before and is held after waiting, and how fresh that is. */
async function readingOf(
  ctx: Context,
  { app, endpoint, tasks }: { app: AppRow; endpoint: Endpoint; tasks: string[] },
  { first, held, failures }: { first: ArchiveResult; held: Map<string, HeldWindow>; failures: UpstreamError[] },
): Promise<Omit<ReadWindows, 'window' | 'cut' | 'refused' | 'coverage'>> {
  const answered = tasks.filter((task) => isNewer(held.get(task), first.held.get(task)))
  const windows = [...held.values()]
  const complete = tasks.every(
    (task) => first.states.get(task) === 'held' || first.states.get(task) === 'expired' || answered.includes(task),
  )
  return {
    held,
    freshness: freshnessOf({
      complete,
      held: held.size > 0,
      tickets: first.tickets,
      problem: complete ? null : await problemOf(ctx, app.id, endpoint, failures),
    }),
    asOf: windows.length > 0 ? Math.min(...windows.map((one) => one.fetchedAt)) : null,
    unreadable: windows.reduce((sum, one) => sum + one.unreadable, 0),
  }
}

/**
 * The plan, or the whole range where it begins before the horizon but was asked in time and is held. Losses keep the
 * plan: they are told of the very window their funnel is read over.
 */
async function planHeld(ctx: Context, subject: Omit<WindowRequest, 'window'>, { from, to }: Span): Promise<Plan> {
  const plan = fittedTo(ctx, subject, planExact({ from, to }, subject.metric, seconds(ctx)))
  if (plan.missing.length === 0 || subject.metric === 'loss') return plan
  const held = await ctx.archive.held({ ...subject, window: { from, to } })
  return held.size === subject.tasks.length ? { windows: [{ from, to }], missing: [] } : plan
}

/** Of a window that the upstream refused, the part it may answer for. */
function fittedTo(ctx: Context, subject: Omit<WindowRequest, 'window'>, plan: Plan): Plan {
  const [window] = plan.windows
  if (!window) return plan
  const part = ctx.archive.fitted({ ...subject, window })
  if (part.from === window.from) return plan
  return { windows: [part], missing: [...plan.missing, { from: window.from, to: part.from, state: 'missing' }] }
}

const seconds = (ctx: Context) => ctx.clock.dataS()

function isNewer(latest: HeldWindow | undefined, before: HeldWindow | undefined): boolean {
  return latest !== undefined && (before === undefined || latest.fetchedAt > before.fetchedAt)
}

function stateNow(task: string, held: Map<string, HeldWindow>, first: ArchiveResult) {
  return held.has(task) ? 'held' : (first.states.get(task) ?? 'missing')
}
