import 'server-only'
import { recordAudit } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import { PushlensError } from '@/lib/contract/errors'
import type { KnownReasonBody, KnownReasonKey, KnownReasonReply } from '@/lib/contract/known-reasons'
import { DAY, MAX_RANGE_DAYS } from '@/lib/contract/limits'
import { iso } from '@/lib/report/range/iso-time'
import { shiftDay, startOfDay, zoneOf, zoneOfOffset } from '@/lib/report/range/zone'
import type { Context } from '@/lib/service/context'
import { readLossTrend } from '@/lib/service/read/losses/loss-trend'

/** Marks a reason as known until a day. It is still counted; its present daily count is stored to notice when it doubles. */
export async function setKnownReason(
  ctx: Context,
  { app, principal, query }: Scoped<KnownReasonBody>,
): Promise<KnownReasonReply> {
  const { source, stage, code, note } = query
  const nowS = ctx.clock.dataS()
  const until = startOfDay(zoneOf(zoneOfOffset(app.utcOffsetMin)), shiftDay(query.until, 1))
  if (until <= nowS) throw new PushlensError('bad_range', 'is in the past', 'until')
  if (until > nowS + MAX_RANGE_DAYS * DAY) throw new PushlensError('bad_range', 'is too far in the future', 'until')
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
  await recordAudit(ctx, { app, principal }, 'reason.known', { source, stage, code, until: query.until })
  return { until: iso(until) }
}

/** Removes the mark. Does nothing where there is none. */
export async function clearKnownReason(
  ctx: Context,
  { app, principal, query }: Scoped<KnownReasonKey>,
): Promise<KnownReasonReply> {
  const { source, stage, code } = query
  const gone = await ctx.store.knownReasons.remove({ appId: app.id, source, stage, code })
  if (gone) await recordAudit(ctx, { app, principal }, 'reason.unknown', { source, stage, code })
  return { until: null }
}
