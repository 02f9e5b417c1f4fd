import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { PushlensError } from '@/lib/contract/errors'
import type { KnownReasonBody, KnownReasonKey, KnownReasonReply } from '@/lib/contract/known-reasons'
import { DAY, MAX_RANGE_DAYS } from '@/lib/contract/limits'
import { iso } from '@/lib/report/range/iso-time'
import { shiftDay, startOfDay, zoneOf, zoneOfOffset } from '@/lib/report/range/zone'
import type { Context } from '@/lib/service/context'
import { readLossTrend } from '@/lib/service/read/loss-trend'

/** Marks a reason as known up to a day: it stays counted, and what it costs now is kept to see when that doubles. */
export async function setKnownReason(
  ctx: Context,
  { app, principal, query }: Scoped<KnownReasonBody>,
): Promise<KnownReasonReply> {
  const { source, stage, code, note } = query
  const nowS = ctx.clock.dataS()
  const until = startOfDay(zoneOf(zoneOfOffset(app.utcOffsetMin)), shiftDay(query.until, 1))
  if (until <= nowS) throw new PushlensError('bad_range', 'is over', 'until')
  if (until > nowS + MAX_RANGE_DAYS * DAY) throw new PushlensError('bad_range', 'is too far away', 'until')
  const { count, days } = (await readLossTrend(ctx, { app, source, to: nowS })).lately(stage, code)
  await ctx.store.knownReasons.put({
    appId: app.id,
    source,
    stage,
    code,
    until,
    note,
    baseCount: count,
    baseDays: days,
  })
  await audit(ctx, app.id, principal, 'reason.known', { source, stage, code, until: query.until })
  return { until: iso(until) }
}

/** From now on the reason is news again, also where it was before. */
export async function clearKnownReason(
  ctx: Context,
  { app, principal, query }: Scoped<KnownReasonKey>,
): Promise<KnownReasonReply> {
  const { source, stage, code } = query
  const gone = await ctx.store.knownReasons.remove({ appId: app.id, source, stage, code })
  if (gone) await audit(ctx, app.id, principal, 'reason.unknown', { source, stage, code })
  return { until: null }
}

function audit(
  ctx: Context,
  appId: string,
  { kind, id }: Scoped<unknown>['principal'],
  action: string,
  detail: Record<string, string>,
): Promise<void> {
  const at = Math.floor(ctx.clock.wallMs() / 1_000)
  return ctx.store.audit.append({ at, actor: `${kind}:${id}`, action, appId, subjectHash: null, detail })
}
