import 'server-only'
import type { Counts, LossRow, LossStage, VendorCounts } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'

export interface WindowCounts {
  /** The upstream's own total, not a sum of the rows. */
  total: Counts
  rows: VendorCounts[]
}

type Cell = number | null
type CountsRow = [vendor: string, channel: string, sendable: Cell, sent: Cell, delivered: Cell, clicked: Cell]
type LossesRow = [stage: string, vendor: string, channel: string, code: string, text: string, count: Cell]

/**
 * Encodes counts as one sorted JSON list, so that equal counts are equal text. Vendor '' is the total, channel '' is
 * null.
 */
export function encodeCounts({ total, rows }: WindowCounts): string {
  const lists = rows.map((row): CountsRow => [row.vendor, row.channel ?? '', ...cells(row)])
  return list([['', '', ...cells(total)], ...lists])
}

export function decodeCounts(text: string): WindowCounts {
  // This column is written by encodeCounts only.
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
  // This column is written by encodeLosses only.
  return (JSON.parse(text) as LossesRow[]).map(([stage, vendor, channel, code, reason, count]) => ({
    stage: stage as LossStage,
    vendor: vendor === '' ? null : (vendor as Vendor),
    channel: channelOf(channel),
    code,
    text: reason,
    count,
  }))
}

/** Returns true if any count decreased or disappeared: the earlier answer must then be kept. */
export function hasDecreased(before: string, after: string): boolean {
  const now = sums(after)
  return [...sums(before)].some(([key, count]) => (now.get(key) ?? 0) < count)
}

/** Sums the numeric cells by their key. Duplicate rows are added up. Null cells are left out. */
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

/** One literal without spreads takes an eighth of the time: a month of hours has 7 000 of these. */
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

/** Compares by code units, which is the same on every machine. The empty names of the total come first. */
function list(rows: (CountsRow | LossesRow)[]): string {
  return `[${rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join(',')}]`
}
