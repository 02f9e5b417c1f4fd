import type { LossRecord, LossRow } from '@/lib/contract/records'
import { lacksVendors } from '@/lib/report/funnel/counts'
import { isAttributed, type LossWindow, type ReportsIn } from './loss-vendors'
import type { CountedRecord, CountedRow } from './merge-losses'

/**
 * Marks in each row of a window what the explained loss after sending counts: the codes of reporting vendors. Shares,
 * cumulative shares and the sum below then count the same. Before sending every count is in the loss.
 */
export function countedRecord(window: LossWindow, reports: ReportsIn): CountedRecord | null {
  const { record } = window
  if (record === null) return null
  const total = unassignedPart(window, record, reports)
  const explainedOf = ({ stage, vendor, channel, count }: LossRow) => {
    if (stage === 'ready_to_send') return count
    if (vendor === null) return total(count)
    return reports({ vendor, channel }, window) === 'reported' ? count : 0
  }
  // Without a spread: a list of campaigns has hundreds of thousands of these.
  const counted = (row: LossRow): CountedRow => {
    const { stage, vendor, channel, code, text, count } = row
    return { stage, vendor, channel, code, text, count, explained: explainedOf(row) }
  }
  return { ...record, rows: record.rows.map(counted) }
}

/**
 * Returns the counted part of a total after sending: nothing where vendors' rows are counted. Totals without vendor rows
 * are counted where every vendor reports; elsewhere they cannot be told apart.
 */
function unassignedPart(window: LossWindow, record: LossRecord, reports: ReportsIn) {
  if (isAttributed(record, 'post_send')) return () => 0
  const { counts } = window
  const allReport =
    counts !== null && !lacksVendors(counts) && counts.rows.every((row) => reports(row, window) === 'reported')
  return (count: number | null) => (allReport ? count : null)
}
