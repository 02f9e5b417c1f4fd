import 'server-only'
import type { Counts, StatisticsRecord, VendorCounts } from '@/lib/contract/records'
import type { Entry } from './entries'
import { countOf, countOrNull, type Fields, field, listOf, NOT_A_COUNT, objectsOf, type Quarantine } from './fields'
import { carrierOf, taskOf } from './subject'

/** Our names of the four counts and Tencent's. */
const COUNTS = {
  sendable: 'TotalCount',
  sent: 'SentCount',
  delivered: 'DeliveredCount',
  clicked: 'ClickCount',
} as const satisfies Record<keyof Counts, string>
const STEPS = ['sendable', 'sent', 'delivered', 'clicked'] as const
const ROWS = 'PlatformStatistics'

export const STATISTICS_FIELDS: readonly string[] = [...Object.values(COUNTS), ROWS]

/** With `overall` the request named no task, so a result without a TaskID is the overall (upstream pages 71894, 71897). */
export function readStatistics(entries: Entry[], overall: boolean, notes: Quarantine): StatisticsRecord[] {
  const records = new Map<string, StatisticsRecord>()
  for (const { fields, path } of entries) {
    const task = taskOf(fields, path, overall, notes)
    if (task === null) continue
    if (records.has(task)) notes.note(path, 'is a second result for the same task')
    else records.set(task, { task, total: readTotal(fields, path, notes), rows: readRows(fields, path, notes) })
  }
  return [...records.values()]
}

function readTotal(fields: Fields, path: string, notes: Quarantine): Counts {
  const total: Counts = { sendable: null, sent: null, delivered: null, clicked: null }
  for (const step of STEPS) {
    total[step] = countOrNull(field(fields, COUNTS[step]), path + COUNTS[step], notes)
  }
  return total
}

/** Adds up rows of the same vendor and channel, because the documentation's samples repeat them. */
function readRows(fields: Fields, path: string, notes: Quarantine): VendorCounts[] {
  const rows = new Map<string, VendorCounts>()
  const here = path + ROWS
  for (const item of objectsOf(listOf(field(fields, ROWS), here, notes) ?? [], here, notes)) {
    const row = readRow(item.fields, item.path, notes)
    if (!row) continue
    const key = `${row.vendor} ${row.channel}`
    const twin = rows.get(key)
    rows.set(key, twin ? { ...row, ...addCounts(twin, row) } : row)
  }
  return [...rows.values()]
}

function readRow(fields: Fields, path: string, notes: Quarantine): VendorCounts | null {
  const carrier = carrierOf(fields, path, notes)
  if (!carrier) return null
  const counts: Counts = { sendable: null, sent: null, delivered: null, clicked: null }
  for (const step of STEPS) {
    const count = countOf(field(fields, COUNTS[step]))
    if (count === 'unreadable') return notes.note(`${path}.${COUNTS[step]}`, NOT_A_COUNT)
    counts[step] = count
  }
  return { ...carrier, ...counts }
}

function addCounts(a: Counts, b: Counts): Counts {
  return {
    sendable: addCount(a.sendable, b.sendable),
    sent: addCount(a.sent, b.sent),
    delivered: addCount(a.delivered, b.delivered),
    clicked: addCount(a.clicked, b.clicked),
  }
}

/** Returns null when a value is unknown or the sum is too large to be exact. */
export function addCount(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return null
  return Number.isSafeInteger(a + b) ? a + b : null
}
