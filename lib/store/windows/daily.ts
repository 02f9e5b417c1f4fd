import 'server-only'
import type { Selectable, Transaction } from 'kysely'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { Counts, VendorCounts } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { decodeCounts, encodeCounts, type WindowCounts } from './window-rows'
import type { WindowAnswer } from './window-save'

/** A day at the app's offset. `day` is its start, in epoch seconds. */
export interface HeldDay {
  day: number
  counts: WindowCounts
  /** Seconds of the day that are stored; 86 400 if nothing is missing. */
  heldS: number
  asOf: number
  final: boolean
}

/** Days of the overall totals, updated in the transaction of the windows they sum. */
export function daily(db: Db) {
  return {
    /** Returns the days that start in `[from, to)`, in order. A day without data is not in the list. */
    async within(span: { appId: string; source: Source; from: number; to: number }): Promise<HeldDay[]> {
      const rows = await db
        .selectFrom('daily')
        .selectAll()
        .where('app_id', '=', span.appId)
        .where('source', '=', span.source)
        .where('day', '>=', span.from)
        .where('day', '<', span.to)
        .orderBy('day')
        .execute()
      return rows.map((row) => ({
        day: row.day,
        counts: decodeCounts(row.counts),
        heldS: row.held_s,
        asOf: row.as_of,
        final: row.final === 1,
      }))
    },
  }
}

type Part = Pick<Selectable<Database['windows']>, 'from_s' | 'to_s' | 'fetched_at' | 'final' | 'counts'>

/**
 * Recomputes the day that a kept answer belongs to. Uses the window of the whole day if it was fetched after the day's
 * end, else the hours inside the day. If the app's offset is not a full hour, the hours at the day's borders are not
 * inside it.
 */
export async function rollUp(trx: Transaction<Database>, answer: WindowAnswer): Promise<void> {
  const { appId, source, metric, task, from, to, kept } = answer
  const long = to - from
  if (!kept || task !== '' || metric !== 'statistics' || (long !== HOUR && long !== DAY)) return
  const app = await trx.selectFrom('apps').select('utc_offset_min').where('id', '=', appId).executeTakeFirstOrThrow()
  const shift = app.utc_offset_min * 60
  const day = Math.floor((from + shift) / DAY) * DAY - shift
  if (to > day + DAY) return
  const parts = await partsOf(trx, { appId, source, day })
  const whole = parts.find((part) => part.to_s - part.from_s === DAY && part.fetched_at >= part.to_s)
  const used = whole ? [whole] : parts.filter((part) => part.to_s - part.from_s === HOUR)
  const known = used.flatMap((part) => (part.counts === null ? [] : { ...part, counts: decodeCounts(part.counts) }))
  if (known.length === 0) return
  const heldS = known.reduce((sum, part) => sum + part.to_s - part.from_s, 0)
  const values = {
    counts: encodeCounts(sumOf(known.map((part) => part.counts))),
    held_s: heldS,
    as_of: Math.min(...known.map((part) => part.fetched_at)),
    final: heldS === DAY && known.every((part) => part.final === 1) ? 1 : 0,
  }
  await trx
    .insertInto('daily')
    .values({ app_id: appId, source, day, ...values })
    .onConflict((conflict) => conflict.columns(['app_id', 'source', 'day']).doUpdateSet(values))
    .execute()
}

function partsOf(trx: Transaction<Database>, { appId, source, day }: { appId: string; source: string; day: number }) {
  const found = trx
    .selectFrom('windows')
    .select(['from_s', 'to_s', 'fetched_at', 'final', 'counts'])
    .where('app_id', '=', appId)
    .where('source', '=', source)
    .where('metric', '=', 'statistics')
    .where('task', '=', '')
    .where('kept', '=', 1)
    .where('from_s', '>=', day)
    .where('from_s', '<', day + DAY)
    .where('to_s', '<=', day + DAY)
  return found.execute() satisfies Promise<Part[]>
}

/** Sums per vendor and channel. If a count is null in one part, it is null in the sum. */
function sumOf(parts: WindowCounts[]): WindowCounts {
  const rows = new Map<string, VendorCounts>()
  for (const row of parts.flatMap((part) => part.rows)) {
    const key = `${row.vendor} ${row.channel}`
    const before = rows.get(key)
    rows.set(key, before ? { ...row, ...plus(before, row) } : row)
  }
  const [first, ...others] = parts.map((part) => part.total)
  if (!first) throw new Error('a sum needs at least one part')
  return { total: others.reduce(plus, first), rows: [...rows.values()] }
}

function plus(a: Counts, b: Counts): Counts {
  const add = (x: number | null, y: number | null) => (x === null || y === null ? null : x + y)
  return {
    sendable: add(a.sendable, b.sendable),
    sent: add(a.sent, b.sent),
    delivered: add(a.delivered, b.delivered),
    clicked: add(a.clicked, b.clicked),
  }
}
