import { withShares } from '@/lib/contract/loss-shares'
import type { LossStageReply, LossVendor, ReasonRow } from '@/lib/contract/losses'
import type { LossStage } from '@/lib/contract/records'
import { type ExplanationMemo, explainStage } from '@/lib/reasons/explain-all'
import { meaningOf, type Titles } from '@/lib/reasons/meaning'
import { lacksVendors } from '@/lib/report/funnel/counts'
import type { Reporting } from '@/lib/report/funnel/reporting'
import { subtractOrNull, sumOrNull } from '@/lib/report/null-sums'
import { countedRecord } from './counted-record'
import { joinWindows } from './join-windows'
import { type LossWindow, lossVendors, type ReportsIn, reportsIn } from './loss-vendors'
import { lossStages, type RawReason } from './losses'
import { mergeLosses } from './merge-losses'

export interface LossInput {
  /** Windows that do not overlap, or the lives of several tasks. */
  windows: readonly LossWindow[]
  reporting: Reporting
  /** Only this vendor, on every channel. */
  vendor?: string | undefined
  titles: Titles
  /** Shared by reports of many tasks, so that each code is explained once. */
  explained?: ExplanationMemo
}

/**
 * Builds the losses of both stages with their reasons, reconciled: explained + unexplained = lost. What no vendor
 * reports is separate. Each window is judged on its own, so ranges with the same windows have the same sums.
 */
export function lossReport({
  windows: all,
  reporting,
  vendor,
  titles,
  explained = new Map(),
}: LossInput): LossStageReply[] {
  const windows = joinWindows(all, reporting.splits)
  const reports = reportsIn(windows, reporting)
  const records = windows.flatMap((window) => countedRecord(window, reports) ?? [])
  const merged = records.length > 0 ? mergeLosses('', records) : null
  return lossStages(merged, vendor).map(({ stage, reasons: found }) => {
    const reasons = stage === 'ready_to_send' ? allExplained(found) : found
    const vendors = lossVendors(stage, windows, reports).filter((one) => (vendor ?? one.vendor) === one.vendor)
    const counts = reconcile({ stage, reasons, vendors, windows, reports, vendor })
    return {
      stage,
      ...counts,
      unexplainedShare: unexplainedShare(counts),
      change: null,
      notCompared: null,
      top: null,
      gone: [],
      reasons: reasons && reasonRows({ stage, reasons, counts, titles, explained }),
      vendors: vendor === undefined ? [...vendors, ...restOf(counts, vendors)] : vendors,
    }
  })
}

interface StageParts {
  stage: LossStage
  reasons: RawReason[] | null
  vendors: LossVendor[]
  windows: readonly LossWindow[]
  reports: ReportsIn
  vendor: string | undefined
}

type LossCounts = Pick<LossStageReply, 'lost' | 'explained' | 'unexplained' | 'notReported' | 'unavailable'>

function reconcile(parts: StageParts): LossCounts {
  const { stage, vendors, windows, vendor } = parts
  const lost = lostOf(parts)
  const explained = explainedOf(parts)
  const gone = windows.filter(({ reasonsGone }) => reasonsGone)
  const goneVendors = lossVendors(stage, gone, parts.reports).filter((one) => (vendor ?? one.vendor) === one.vendor)
  const whole = sumOrNull(
    windows.map(({ counts }) => subtractOrNull(counts?.total.sent ?? null, counts?.total.delivered ?? null)),
  )
  const after = vendor === undefined ? subtractOrNull(whole, lost) : sumOrNull(vendors.map((one) => one.notReported))
  return {
    lost,
    explained,
    unexplained: subtractOrNull(lost, explained),
    unavailable:
      windows.length === 0 ? null : gone.length === 0 ? 0 : lostOf({ ...parts, windows: gone, vendors: goneVendors }),
    notReported: stage === 'ready_to_send' ? 0 : windows.length === 0 ? null : after,
  }
}

/**
 * Returns the loss. Before sending, over all vendors, it is Tencent's own total. After sending it is the loss of
 * reporting vendors, and unknown where an answer has no vendors.
 */
function lostOf({ stage, vendors, windows, vendor }: Omit<StageParts, 'reports'>): number | null {
  if (windows.length === 0) return null
  if (stage === 'ready_to_send' && vendor === undefined) {
    return sumOrNull(
      windows.map(({ counts }) => subtractOrNull(counts?.total.sendable ?? null, counts?.total.sent ?? null)),
    )
  }
  if (windows.some(({ counts }) => counts === null || lacksVendors(counts))) return null
  const isOutside = ({ lost, delivery }: LossVendor) =>
    stage === 'post_send' && lost === null && (delivery === 'unreported' || delivery === 'unknown')
  const isCounted = (one: LossVendor) => vendor !== undefined || !isOutside(one)
  return sumOrNull(vendors.filter(isCounted).map(({ lost }) => lost))
}

/** Before sending every code explains the loss, with Tencent's own count. */
const allExplained = (reasons: RawReason[] | null): RawReason[] | null =>
  reasons?.map((one) => ({ ...one, explained: one.count })) ?? null

/** Returns what the codes explain; null where the losses of a window are unknown, 0 where their reasons are gone. */
function explainedOf({ reasons, windows }: Pick<StageParts, 'reasons' | 'windows'>): number | null {
  if (windows.length === 0 || windows.some(({ record, reasonsGone }) => record === null && !reasonsGone)) return null
  if (windows.every(({ record }) => record === null)) return 0
  return reasons && sumOrNull(reasons.map(({ explained }) => explained))
}

/**
 * Returns a row for the part of the sums that is in no vendor's row, so that the rows add up to the line above them:
 * Tencent's vendor rows need not add up to its total.
 */
function restOf(counts: LossCounts, vendors: LossVendor[]): LossVendor[] {
  if (vendors.length === 0) return []
  const rest = (key: 'lost' | 'explained' | 'unexplained' | 'notReported') =>
    subtractOrNull(counts[key], sumOrNull(vendors.map((one) => one[key])))
  const row = {
    lost: rest('lost'),
    explained: rest('explained'),
    unexplained: rest('unexplained'),
    notReported: rest('notReported'),
  }
  const isNothing = Object.values(row).every((count) => count === 0 || count === null)
  return isNothing ? [] : [{ vendor: null, channel: null, delivery: 'unknown', ...row }]
}

function unexplainedShare({ lost, unexplained }: LossCounts): number | null {
  return lost === null || unexplained === null || lost <= 0 || unexplained < 0 ? null : unexplained / lost
}

interface ReasonParts {
  stage: LossStage
  reasons: RawReason[]
  counts: Pick<LossCounts, 'lost' | 'unexplained'>
  titles: Titles
  explained: ExplanationMemo
}

/**
 * Returns the reasons, largest first, each with its share of the loss, or of the explained codes where they exceed it.
 * Codes outside the sum are last and have no share.
 */
function reasonRows({ stage, reasons, counts, titles, explained }: ReasonParts): ReasonRow[] {
  const rows = explainStage(stage, reasons, explained).map(({ row, explanation }) => ({
    ...row,
    // A split or joined row before sending still counts as a whole.
    explained: stage === 'ready_to_send' ? row.count : row.explained,
    explanation,
  }))
  rows.sort((a, b) => (b.explained ?? -1) - (a.explained ?? -1) || (b.count ?? -1) - (a.count ?? -1))
  return withShares(rows, counts).lines.map(({ explanation, vendors, ...row }) => {
    return {
      ...row,
      vendors: vendors.map(({ vendor, channel, count: own }) => ({ vendor, channel, count: own })),
      reason: meaningOf(explanation, titles),
      change: null,
      known: null,
      trend: [],
    }
  })
}
