import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { Freshness } from '@/lib/contract/freshness'
import { DAY, INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import type { LossesQuery, LossesReply } from '@/lib/contract/losses'
import { funnelReport } from '@/lib/report/funnel'
import { lossReport } from '@/lib/report/loss-report'
import { resolveRange } from '@/lib/report/range'
import { iso } from '@/lib/report/time'
import { planExact } from '@/lib/report/windows'
import words from '@/messages/en/reasons.json'
import type { Context } from './context'
import { readReceipts } from './read-receipts'
import { type ReadWindows, readWindows } from './read-windows'

const NOTHING = { sent: 0, delivered: 0, clicked: 0 }

/**
 * What was lost before and after sending, and by which reasons. The funnel is read over the very window the losses are
 * told of, so that the two can be reconciled. Never fails because the upstream does.
 */
export async function getLosses(
  ctx: Context,
  { app, query }: Scoped<LossesQuery>,
  waitMs: number = INTERACTIVE_WAIT_MS,
): Promise<LossesReply> {
  const now = Math.floor(ctx.now() / 1_000)
  const range = resolveRange(query, { now, appOffsetMin: app.utcOffsetMin })
  const { source, vendor } = query
  const task = source === 'task' ? (query.task ?? '') : ''
  const [window = range] = planExact(range, 'loss', now).windows
  const told = { ...range, from: window.from, to: window.to }
  const asked = { app, source, tasks: [task] }
  const [loss, statistics, past] = await Promise.all([
    readWindows(ctx, { ...asked, metric: 'loss', range }, waitMs),
    readWindows(ctx, { ...asked, metric: 'statistics', range: told }, waitMs),
    ctx.store.windows.reporting({ appId: app.id, source, since: now - 30 * DAY }),
  ])
  const [held, counts] = [loss.held.get(task), statistics.held.get(task)?.counts]
  const funnel = funnelReport({
    range: told,
    source,
    tasks: [task].filter((one) => one !== ''),
    records: counts ? [{ task, ...counts }] : [],
    history: (name, channel) => past.find((one) => one.vendor === name && one.channel === channel) ?? NOTHING,
    receipts: await readReceipts(ctx, app.id, source),
    withVendors: true,
    coverage: statistics.coverage,
    asOf: statistics.asOf,
    unreadable: statistics.unreadable,
    now,
  })
  return {
    range: { from: iso(range.from), to: iso(range.to), tz: range.tz, preset: range.preset },
    source,
    window: { from: iso(told.from), to: iso(told.to) },
    stages: lossReport({
      record: held ? { task, rows: held.losses ?? [], absent: held.absent } : null,
      funnel: counts ? funnel : null,
      vendor,
      titles: words.title,
    }),
    coverage: loss.coverage,
    asOf: asOfBoth(loss, statistics),
    unreadable: loss.unreadable + statistics.unreadable,
    freshness: together(loss.freshness, statistics.freshness),
  }
}

function asOfBoth(...reads: ReadWindows[]): string | null {
  const times = reads.map(({ asOf }) => asOf).filter((at) => at !== null)
  return times.length > 0 ? iso(Math.min(...times)) : null
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
    place: of(
      both.map(({ place }) => place),
      Math.min,
    ),
    etaMs: of(
      both.map(({ etaMs }) => etaMs),
      Math.max,
    ),
    retryAfterMs: of(
      both.map(({ retryAfterMs }) => retryAfterMs),
      Math.min,
    ),
    problem: loss.problem ?? statistics.problem,
  }
}
