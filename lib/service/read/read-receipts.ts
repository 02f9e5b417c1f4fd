import 'server-only'
import { DAY, HORIZON, HOUR, MAX_RANGE_DAYS } from '@/lib/contract/limits'
import type { Source } from '@/lib/contract/sources'
import { type ReceiptChange, receiptChanges } from '@/lib/report/funnel/receipts'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

/** Changes are found in whole hours, so viewers share one result for some seconds although windows were written. */
const SHARED_S = 10

type Reader = Pick<Context, 'store' | 'clock' | 'caches'>

/**
 * Returns when vendors' receipts began, stopped or came back: by the hour in the last 30 days, by the day before. While
 * the archive does not change, the result is shared for as long as the cache keeps it.
 */
export function readReceipts(
  ctx: Reader,
  { id, archiveRevision: revision }: Pick<AppRow, 'id' | 'archiveRevision'>,
  source: Source,
): Promise<ReceiptChange[]> {
  const { receipts } = ctx.caches
  const nowS = ctx.clock.dataS()
  const key = `${source} ${id}`
  const cached = receipts.get(key)
  if (cached && (cached.revision === revision || Math.abs(nowS - cached.readAtS) < SHARED_S)) return cached.changes
  const changes = findChanges(ctx, id, source)
  receipts.set(key, { readAtS: nowS, revision, changes })
  changes.catch(() => {
    if (receipts.peek(key)?.changes === changes) receipts.delete(key)
  })
  return changes
}

async function findChanges({ store, clock }: Reader, appId: string, source: Source): Promise<ReceiptChange[]> {
  const to = clock.dataS()
  const days = await store.daily.within({ appId, source, from: to - MAX_RANGE_DAYS * DAY, to })
  const from = to - HORIZON.statistics
  const subject = { appId, source, metric: 'statistics' as const, task: '' }
  const hours = await store.windows.within({ ...subject, from, to, seconds: HOUR })
  // A day that is only partly stored is answered by its hours.
  const whole = days.filter(({ day, heldS }) => heldS === DAY || day < from)
  return receiptChanges([
    ...whole.map(({ day, asOf, counts }) => ({ from: day, to: day + DAY, fetchedAt: asOf, rows: counts.rows })),
    ...hours.map(({ counts, ...hour }) => ({ ...hour, rows: counts?.rows ?? [] })),
  ])
}
