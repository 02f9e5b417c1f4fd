import 'server-only'
import { saveSumCheck } from '@/lib/archive/sum-check'
import type { Freshness } from '@/lib/contract/freshness'
import { HORIZON } from '@/lib/contract/limits'
import { endpointOf, type Metric, type Source } from '@/lib/contract/sources'
import type { Ticket } from '@/lib/gateway/gateway'
import { sumOrNull } from '@/lib/report/null-sums'
import type { ResolvedRange } from '@/lib/report/range/range'
import { earliestAskable, stateOfWindow } from '@/lib/report/range/windows'
import type { ReportContext } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import type { HeldWindow } from '@/lib/store/windows/windows'
import { freshnessOfHeld, problemOf } from './freshness'
import type { ReaderContext } from './reader'

interface SummedQuestion {
  app: AppRow
  source: Source
  metric: Metric
  range: ResolvedRange
}

/** The exact window of a range that stored buckets cover. Such a range is answered without waiting for it. */
export interface ExactBehind {
  /** Null where the sum of the buckets is the better answer. */
  window: HeldWindow | null
  freshness: Freshness
}

/**
 * Returns the stored exact window of a range that stored buckets cover, of all pushes. Waits for no call. With `request`,
 * a missing or stale window of a preset is fetched behind the answer and then compared with the sum. Nobody refreshes the
 * exact window of another range, so its buckets take over as soon as it is stale.
 */
export async function readExactBehind(
  ctx: ReaderContext,
  question: SummedQuestion,
  sum: { total: number | null; isStale: boolean },
  request: boolean,
): Promise<ExactBehind> {
  const { app, source, metric, range } = question
  const { from, to, preset } = range
  const wanted = { app: ctx.upstreamApp(app), source, metric, tasks: [''], window: { from, to } }
  const stored = (await ctx.archive.held(wanted)).get('') ?? null
  const nowS = ctx.clock.dataS()
  const isAskable = from >= earliestAskable(HORIZON[metric], nowS)
  const isCurrent = stored !== null && !isDue(stored, metric, nowS)
  const tickets: Ticket[] = []
  if (request && preset !== null && isAskable && !isCurrent) {
    const ticket = ctx.archive.fetch(wanted, { priority: 'bulk', waiter: ctx.waiter }, nowS)
    ticket.done.then(() => compare(ctx, question, sum)).catch(() => undefined)
    tickets.push(ticket)
  }
  const window = isCurrent || preset !== null ? stored : null
  const isStale = !isCurrent && (window !== null || sum.isStale)
  const problem = isStale ? await problemOf(ctx, app.id, endpointOf(source, metric), []) : null
  return { window, freshness: freshnessOfHeld(tickets, isStale, problem) }
}

function isDue({ from, to, fetchedAt, final }: HeldWindow, metric: Metric, nowS: number): boolean {
  const facts = { from, to, heldFetchedAt: fetchedAt, final, queued: false, horizon: HORIZON[metric], nowS }
  return stateOfWindow(facts) === 'stale'
}

/** Stale buckets may have grown since, so they prove nothing. */
async function compare(
  ctx: ReportContext,
  { app, source, metric, range: { from, to } }: SummedQuestion,
  sum: { total: number | null; isStale: boolean },
): Promise<void> {
  if (sum.isStale) return
  const wanted = { app: ctx.upstreamApp(app), source, metric, tasks: [''], window: { from, to } }
  const exact = (await ctx.archive.held(wanted)).get('')
  if (!exact) return
  const found = { at: ctx.clock.dataS(), sum: sum.total, exact: totalOf(exact) }
  await saveSumCheck(ctx.store.settings, { appId: app.id, source, metric }, found)
}

function totalOf({ counts, losses }: HeldWindow): number | null {
  return losses ? codesIn(losses) : (counts?.total.sent ?? null)
}

/** Returns how many losses have a code, by Tencent's own counts over all vendors. */
export function codesIn(rows: NonNullable<HeldWindow['losses']>): number | null {
  return sumOrNull(rows.filter(({ vendor }) => vendor === null).map(({ count }) => count))
}
