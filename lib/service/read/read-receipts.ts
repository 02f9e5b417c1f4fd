import 'server-only'
import { DAY, HORIZON, HOUR, MAX_RANGE_DAYS } from '@/lib/contract/limits'
import type { Source } from '@/lib/contract/sources'
import type { ReceiptChange } from '@/lib/report/funnel/receipts'
import { type ReceiptHistory, type Reporting, receiptHistory, reportingOf } from '@/lib/report/funnel/reporting'
import type { ReportContext } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

/** Changes are found in whole hours, so viewers share one result for some seconds although windows were written. */
const SHARED_S = 10

type Reader = Pick<ReportContext, 'store' | 'clock' | 'caches'>

/**
 * Returns when vendors' receipts began, stopped or came back: by the hour in the last 30 days, by the day before. While
 * the archive does not change, the result is shared for as long as the cache keeps it.
 */
export function readReceipts(
  ctx: Reader,
  { id, archiveRevision: revision }: Pick<AppRow, 'id' | 'archiveRevision'>,
  source: Source,
): Promise<ReceiptHistory> {
  const { receipts, outside } = ctx.caches
  const nowS = ctx.clock.dataS()
  const key = receiptsKey(id, source)
  const cached = receipts.get(key)
  if (cached && (cached.revision === revision || Math.abs(nowS - cached.readAtS) < SHARED_S)) return cached.history
  const history = outside(() => findHistory(ctx, id, source))
  receipts.set(key, { readAtS: nowS, revision, history })
  history.catch(() => {
    if (receipts.peek(key)?.history === history) receipts.delete(key)
  })
  return history
}

/** Returns the key of an app's receipts in the cache of receipts. */
export const receiptsKey = (appId: string, source: Source): string => `${source} ${appId}`

/**
 * Returns who reports deliveries, and when that changed. Every reader of an app gets the same decision, whatever range is
 * asked.
 */
export async function readReporting(
  ctx: Reader,
  app: Pick<AppRow, 'id' | 'archiveRevision'>,
  source: Source,
): Promise<{ reporting: Reporting; receipts: ReceiptChange[] }> {
  const since = ctx.clock.dataS() - 30 * DAY
  const [recent, { changes, periods }] = await Promise.all([
    ctx.store.windows.reporting({ appId: app.id, source, since }),
    readReceipts(ctx, app, source),
  ])
  return { reporting: reportingOf({ recent, periods }), receipts: changes }
}

async function findHistory({ store, clock }: Reader, appId: string, source: Source): Promise<ReceiptHistory> {
  const to = clock.dataS()
  const days = await store.daily.within({ appId, source, from: to - MAX_RANGE_DAYS * DAY, to })
  const from = to - HORIZON.statistics
  const subject = { appId, source, metric: 'statistics' as const, task: '' }
  const hours = await store.windows.within({ ...subject, from, to, seconds: HOUR })
  // A day that is only partly stored is answered by its hours.
  const whole = days.filter(({ day, heldS }) => heldS === DAY || day < from)
  return receiptHistory([
    ...whole.map(({ day, asOf, counts }) => ({ from: day, to: day + DAY, fetchedAt: asOf, rows: counts.rows })),
    ...hours.map(({ counts, ...hour }) => ({ ...hour, rows: counts?.rows ?? [] })),
  ])
}
