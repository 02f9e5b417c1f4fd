import 'server-only'
import { DAY, HORIZON, HOUR, MAX_RANGE_DAYS } from '@/lib/contract/limits'
import type { Source } from '@/lib/contract/sources'
import { type ReceiptChange, receiptChanges } from '@/lib/report/funnel/receipts'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

/** What happened in whole hours need not be looked up for every viewer anew, least of all where nothing was written. */
const FRESH_S = 10
const UNCHANGED_S = HOUR

interface Known {
  atS: number
  revision: number
  changes: Promise<ReceiptChange[]>
}

/** Per house, so that nothing of one is known in another. */
const known = new WeakMap<object, Map<string, Known>>()

type House = Pick<Context, 'store' | 'clock'>

/** When vendors' receipts began, stopped or came back: by the hour in the last 30 days, by the day before. */
export function readReceipts(
  ctx: House,
  { id, archiveRevision: revision }: Pick<AppRow, 'id' | 'archiveRevision'>,
  source: Source,
): Promise<ReceiptChange[]> {
  const mine = known.get(ctx) ?? new Map<string, Known>()
  known.set(ctx, mine)
  const key = `${source} ${id}`
  const before = mine.get(key)
  const age = before ? Math.abs(ctx.clock.dataS() - before.atS) : Infinity
  if (before && age < (before.revision === revision ? UNCHANGED_S : FRESH_S)) return before.changes
  const changes = read(ctx, id, source)
  mine.set(key, { atS: ctx.clock.dataS(), revision, changes })
  changes.catch(() => mine.delete(key))
  return changes
}

async function read({ store, clock }: House, appId: string, source: Source): Promise<ReceiptChange[]> {
  const to = clock.dataS()
  const days = await store.daily.within({ appId, source, from: to - MAX_RANGE_DAYS * DAY, to })
  const from = to - HORIZON.statistics
  const subject = { appId, source, metric: 'statistics' as const, task: '' }
  const hours = await store.windows.within({ ...subject, from, to, seconds: HOUR })
  // A day that is held in part is told by its hours.
  const whole = days.filter(({ day, heldS }) => heldS === DAY || day < from)
  return receiptChanges([
    ...whole.map(({ day, asOf, counts }) => ({ from: day, to: day + DAY, fetchedAt: asOf, rows: counts.rows })),
    ...hours.map(({ counts, ...hour }) => ({ ...hour, rows: counts?.rows ?? [] })),
  ])
}
