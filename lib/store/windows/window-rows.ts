import 'server-only'
import type { Counts, LossRow, LossStage, VendorCounts } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'

export interface WindowCounts {
  /** The upstream's own total, never a sum. */
  total: Counts
  rows: VendorCounts[]
}

type Cell = number | null
type CountsRow = [vendor: string, channel: string, sendable: Cell, sent: Cell, delivered: Cell, clicked: Cell]
type LossesRow = [stage: string, vendor: string, channel: string, code: string, text: string, count: Cell]

/** One JSON list in an order of its own, so that equal counts are equal text; vendor '' is the total, channel '' is null. */
export function encodeCounts({ total, rows }: WindowCounts): string {
  const lists = rows.map((row): CountsRow => [row.vendor, row.channel ?? '', ...cells(row)])
  return list([['', '', ...cells(total)], ...lists])
}

export function decodeCounts(text: string): WindowCounts {
  // Only encodeCounts writes this column.
  const [total, ...rows] = JSON.parse(text) as CountsRow[]
  if (!total) throw new Error('a window without its total')
  return { total: countsOf(total), rows: rows.map(vendorCounts) }
}

export function encodeLosses(rows: LossRow[]): string {
  const lists = rows.map(
    (row): LossesRow => [row.stage, row.vendor ?? '', row.channel ?? '', row.code, row.text, row.count],
  )
  return list(lists)
}

export function decodeLosses(text: string): LossRow[] {
  // Only encodeLosses writes this column.
  return (JSON.parse(text) as LossesRow[]).map(([stage, vendor, channel, code, reason, count]) => ({
    stage: stage as LossStage,
    vendor: vendor === '' ? null : (vendor as Vendor),
    channel: channelOf(channel),
    code,
    text: reason,
    count,
  }))
}

/** True when anything counted before is now less, or no longer said: then the answer before must not be lost. */
export function fell(before: string, after: string): boolean {
  const now = sums(after)
  return [...sums(before)].some(([key, count]) => (now.get(key) ?? 0) < count)
}

/** Number cells by their place; rows said twice are added up. Unknown cells are left out. */
function sums(text: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const row of JSON.parse(text) as (string | Cell)[][]) {
    const label = row.filter((cell) => typeof cell === 'string')
    for (const [i, cell] of row.entries()) {
      if (typeof cell !== 'number') continue
      const key = JSON.stringify([...label, i])
      found.set(key, (found.get(key) ?? 0) + cell)
    }
  }
  return found
}

function cells(counts: Counts): [Cell, Cell, Cell, Cell] {
  return [counts.sendable, counts.sent, counts.delivered, counts.clicked]
}

function countsOf(row: CountsRow): Counts {
  return { sendable: row[2], sent: row[3], delivered: row[4], clicked: row[5] }
}

/** One literal, without spreads: a month of hours is 7 000 of these, and takes an eighth of the time. */
function vendorCounts(row: CountsRow): VendorCounts {
  return {
    vendor: row[0] as Vendor,
    channel: channelOf(row[1]),
    sendable: row[2],
    sent: row[3],
    delivered: row[4],
    clicked: row[5],
  }
}

function channelOf(text: string): Channel {
  return text === '' ? null : (text as Channel)
}

/** In the order of their text, in code units, which is the same on every machine; the total's empty names come first. */
function list(rows: (CountsRow | LossesRow)[]): string {
  return `[${rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join(',')}]`
}
