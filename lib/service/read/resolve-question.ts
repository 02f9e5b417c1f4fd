import 'server-only'
import { authorize, type Scoped } from '@/lib/access/authorize'
import type { ChangesQuery } from '@/lib/contract/changes/changes'
import { usualComparison } from '@/lib/contract/comparisons'
import type { FunnelQuery } from '@/lib/contract/funnel'
import { DAY } from '@/lib/contract/limits'
import type { LossesQuery } from '@/lib/contract/losses'
import { type ResolvedRange, resolveRange } from '@/lib/report/range/range'
import type { Context } from '@/lib/service/context'

/** A query whose range is resolved at `nowS` (epoch seconds). All readers of one request share it. */
export interface Question<Query> {
  query: Query
  range: ResolvedRange
  nowS: number
}

type Clocked = Pick<Context, 'clock'>

/**
 * Resolves the range and the interval of a funnel. An app whose hours do not make up its days has no hours, so days take
 * their place. With `trend` there is always an interval: hours up to two days, else days. `withComparison` is as for
 * losses. Throws `bad_range`.
 */
export function resolveFunnel(
  ctx: Clocked,
  scoped: Scoped<FunnelQuery>,
  { trend = false, withComparison = false } = {},
): Scoped<Question<FunnelQuery>> {
  const { app, query } = scoped
  const { range, nowS } = resolve(ctx, scoped)
  const isShort = range.to - range.from <= 2 * DAY
  const wanted = query.interval === 'none' && trend ? (isShort ? 'hour' : 'day') : query.interval
  const interval = app.byDay && wanted === 'hour' ? 'day' : wanted
  const compare = withComparison ? usualComparison(lengthMs(range)) : query.compare
  return rescoped(scoped, { query: { ...query, interval, compare }, range, nowS })
}

/**
 * Resolves the range of losses. With `withComparison` there is always a comparison: the same weekday for less than a
 * week, else the previous period. Throws `bad_range`.
 */
export function resolveLosses(
  ctx: Clocked,
  scoped: Scoped<LossesQuery>,
  { withComparison = false } = {},
): Scoped<Question<LossesQuery>> {
  const { query } = scoped
  const { range, nowS } = resolve(ctx, scoped)
  const compare = withComparison ? usualComparison(lengthMs(range)) : query.compare
  return rescoped(scoped, { query: { ...query, compare }, range, nowS })
}

/** Resolves the range of changes. `withComparison` is as for losses. Throws `bad_range`. */
export function resolveChanges(
  ctx: Clocked,
  scoped: Scoped<ChangesQuery>,
  { withComparison = false } = {},
): Scoped<Question<ChangesQuery>> {
  const { range, nowS } = resolve(ctx, scoped)
  const compare = withComparison ? usualComparison(lengthMs(range)) : scoped.query.compare
  return rescoped(scoped, { query: { ...scoped.query, compare }, range, nowS })
}

const lengthMs = ({ from, to }: ResolvedRange): number => (to - from) * 1_000

function resolve({ clock }: Clocked, { app, query }: Scoped<FunnelQuery | LossesQuery | ChangesQuery>) {
  const nowS = clock.dataS()
  return { nowS, range: resolveRange(query, { nowS, appOffsetMin: app.utcOffsetMin }) }
}

/** All reports are for readers of the app, so the right stays the same. */
function rescoped<Q>({ principal, app }: Scoped<unknown>, query: Q): Scoped<Q> {
  return authorize(principal, 'read', app, query)
}
