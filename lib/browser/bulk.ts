import type { BulkQuery, BulkReply, BulkRow } from '@/lib/contract/bulk'
import { post } from './api'
import { save } from './download'

const pathOf = (app: string) => `/api/v1/apps/${encodeURIComponent(app)}/traces/bulk`

/** Look-ups of a list as far as they are held; asks for the next few. The answer may take a second and a half. */
export function askBulk(app: string, query: BulkQuery, signal: AbortSignal): Promise<BulkReply> {
  return post<BulkReply>(pathOf(app), query, signal)
}

/** The list as it stands, saved as a file; asks Tencent nothing. */
export function downloadBulk(app: string, items: BulkRow['item'][]): Promise<void> {
  const body = JSON.stringify({ items, ask: false } satisfies BulkQuery)
  const headers = { accept: 'text/csv', 'content-type': 'application/json' }
  return save(pathOf(app), { method: 'POST', headers, body }, `look-ups-${app}.csv`)
}

export const bulkRowKey = (row: Pick<BulkRow, 'item'>): string => JSON.stringify(row.item)

/** The rows as pasted, each with the newest that is known of it. */
export function mergeRows(rows: BulkRow[], newer: BulkRow[]): BulkRow[] {
  const known = new Map(newer.map((row) => [bulkRowKey(row), row]))
  return rows.length === 0 ? newer : rows.map((row) => known.get(bulkRowKey(row)) ?? row)
}

/** What is to be asked next; null once nothing waits. */
export function nextQuery(rows: BulkRow[], anyway: boolean): BulkQuery | null {
  const open = rows.filter(({ state }) => state === 'waiting' || (anyway && state === 'held_back'))
  return open.length === 0 ? null : { items: open.map(({ item }) => item), anyway }
}
