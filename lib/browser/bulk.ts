import type { BulkQuery, BulkReply, BulkRow } from '@/lib/contract/bulk'
import { post } from './api'
import { save } from './download'

const pathOf = (app: string) => `/api/v1/apps/${encodeURIComponent(app)}/traces/bulk`

/** Returns what is stored of a list and looks up the next few. A reply can take 1.5 s. */
export function askBulk(app: string, query: BulkQuery, signal: AbortSignal): Promise<BulkReply> {
  return post<BulkReply>(pathOf(app), query, signal)
}

/** Saves the current list as a file. It sends no request to Tencent. */
export function downloadBulk(app: string, items: BulkRow['item'][]): Promise<void> {
  const body = JSON.stringify({ items, ask: false } satisfies BulkQuery)
  const headers = { accept: 'text/csv', 'content-type': 'application/json' }
  return save(pathOf(app), { method: 'POST', headers, body }, `look-ups-${app}.csv`)
}

export const bulkRowKey = (row: Pick<BulkRow, 'item'>): string => JSON.stringify(row.item)

/** Returns the rows in their pasted order, each in its newest state. */
export function mergeRows(rows: BulkRow[], newer: BulkRow[]): BulkRow[] {
  const newest = new Map(newer.map((row) => [bulkRowKey(row), row]))
  return rows.length === 0 ? newer : rows.map((row) => newest.get(bulkRowKey(row)) ?? row)
}

/** Returns the next request; null when nothing waits. */
export function nextQuery(rows: BulkRow[], anyway: boolean): BulkQuery | null {
  const open = rows.filter(({ state }) => state === 'waiting' || (anyway && state === 'held_back'))
  return open.length === 0 ? null : { items: open.map(({ item }) => item), anyway }
}
