import type { LossStageReply, LossVendor, ReasonRow } from '@/lib/contract/losses'
import type { LossRecord, LossStage } from '@/lib/contract/records'
import { explainStage } from '@/lib/reasons/explain-all'
import { meaningOf, type Titles } from '@/lib/reasons/meaning'
import { subtractOrNull, sumOrNull } from '@/lib/report/null-sums'
import { type Funnel, isAttributed, lossVendors } from './loss-vendors'
import { lossStages, type RawReason } from './losses'

export interface LossInput {
  /** The stored losses and funnel of the window; null is unknown. */
  record: LossRecord | null
  funnel: Funnel | null
  /** Only this vendor, on every channel. */
  vendor?: string | undefined
  titles: Titles
}

/**
 * Builds the losses of both stages with their reasons, reconciled: explained + unexplained = lost. What no vendor
 * reports is separate.
 */
export function lossReport({ record, funnel, vendor, titles }: LossInput): LossStageReply[] {
  return lossStages(record, vendor).map(({ stage, reasons }) => {
    const vendors = lossVendors(stage, record, funnel).filter((one) => (vendor ?? one.vendor) === one.vendor)
    const counts = reconcile({ stage, reasons, vendors, record, funnel, oneVendor: vendor !== undefined })
    return { stage, ...counts, reasons: reasons && explained(stage, reasons, counts.lost, titles), vendors }
  })
}

interface Parts {
  stage: LossStage
  reasons: RawReason[] | null
  vendors: LossVendor[]
  record: LossRecord | null
  funnel: Funnel | null
  oneVendor: boolean
}

type LossCounts = Pick<LossStageReply, 'lost' | 'explained' | 'unexplained' | 'notReported'>

/**
 * Reconciles losses with codes. Before sending, over all vendors: Tencent's own total. After sending: the losses and
 * codes of reporting vendors.
 */
function reconcile({ stage, reasons, vendors, record, funnel, oneVendor }: Parts): LossCounts {
  const all = reasons && sumOrNull(reasons.map(({ count }) => count))
  const over = (of: (one: LossVendor) => number | null) => (funnel ? sumOrNull(vendors.map(of)) : null)
  if (stage === 'ready_to_send') {
    const lost = oneVendor
      ? over((one) => one.lost)
      : subtractOrNull(funnel?.total?.sendable ?? null, funnel?.total?.sent ?? null)
    return { lost, explained: all, unexplained: subtractOrNull(lost, all), notReported: 0 }
  }
  const lost = funnel?.total ? over((one) => one.lost) : null
  const whole = subtractOrNull(funnel?.total?.sent ?? null, funnel?.total?.delivered ?? null)
  const notReported = oneVendor ? over((one) => one.notReported) : subtractOrNull(whole, lost)
  const everybodyReports = vendors.every((one) => one.delivery === 'reported')
  const own = record && isAttributed(record, stage) ? sumOrNull(vendors.map((one) => one.explained)) : null
  const codes = own ?? (everybodyReports ? all : null)
  return { lost, explained: codes, unexplained: subtractOrNull(lost, codes), notReported }
}

/** Returns the reasons, largest first, each with its share of the loss, or of all codes where they exceed the loss. */
function explained(stage: LossStage, reasons: RawReason[], lost: number | null, titles: Titles): ReasonRow[] {
  const rows = explainStage(stage, reasons)
  const known = rows.reduce((sum, { row }) => sum + (row.count ?? 0), 0)
  const whole = Math.max(lost ?? 0, known)
  let reached = 0
  return rows.map(({ row, explanation }) => {
    reached += row.count ?? 0
    const part = (n: number) => (row.count === null || whole === 0 ? null : n / whole)
    return {
      ...row,
      share: part(row.count ?? 0),
      cumulative: part(reached),
      reason: meaningOf(explanation, titles),
      change: null,
      known: null,
      trend: [],
    }
  })
}
