import type { LossVendor } from '@/lib/contract/losses'
import type { LossRecord, LossRow, LossStage, StatisticsRecord, VendorCounts } from '@/lib/contract/records'
import { type Delivery, lacksVendors, type VendorHistory } from '@/lib/report/funnel/counts'
import { byPlatform } from '@/lib/report/funnel/funnel'
import { placeKey, type Reporting, sumHistory, type VendorPlace } from '@/lib/report/funnel/reporting'
import { subtractOrNull, sumOrNull } from '@/lib/report/null-sums'
import type { Span } from '@/lib/report/range/windows'

/** The losses of a window next to the counts of the same time. Null is unknown. */
export interface LossWindow extends Span {
  record: LossRecord | null
  counts: Omit<StatisticsRecord, 'task'> | null
  /** The losses were not stored in time and Tencent no longer has them: nothing of this loss can be explained. */
  reasonsGone: boolean
}

/** Decides whether a vendor reports in a window. It is the same decision in every range that has this window. */
export type ReportsIn = (place: VendorPlace, window: LossWindow) => Delivery

export function reportsIn(windows: readonly LossWindow[], reporting: Reporting): ReportsIn {
  const rows = new Map<string, VendorCounts[]>()
  for (const row of windows.flatMap(({ counts }) => counts?.rows ?? [])) {
    const own = rows.get(placeKey(row))
    if (own) own.push(row)
    else rows.set(placeKey(row), [row])
  }
  const sums = new Map<string, VendorHistory>([...rows].map(([key, own]) => [key, sumHistory(own)]))
  return (place, window) => reporting.delivery(place, [window], sums.get(placeKey(place)) ?? sumHistory([]))
}

/** Returns whether Tencent gave this stage's codes per vendor. Totals without any vendor row cannot be assigned. */
export function isAttributed(record: LossRecord, stage: LossStage): boolean {
  if (record.absent.some((gap) => gap.stage === stage && gap.by === 'vendor')) return false
  const isOwn = (row: LossRow) => row.stage === stage
  return record.rows.some((row) => isOwn(row) && row.vendor !== null) || !record.rows.some(isOwn)
}

/**
 * Reconciles each vendor's loss with its codes, window by window. Before sending, every loss is known. After sending, a
 * reporting vendor lost what it did not deliver; for other vendors the same gap is *not reported*. Without statistics of
 * a vendor its loss is unknown, although its codes are known.
 */
export function lossVendors(stage: LossStage, windows: readonly LossWindow[], reports: ReportsIn): LossVendor[] {
  return placesOf(stage, windows).map((place) => {
    const hasRow = windows.some((window) => rowOf(window, place) !== undefined)
    const parts = windows.map((window) => partOf(stage, { place, window, hasRow, delivery: reports(place, window) }))
    const lost = sumOrNull(parts.map((part) => part.lost))
    const explained = sumOrNull(parts.map((part) => part.explained))
    return {
      vendor: place.vendor,
      channel: place.channel,
      delivery: deliveryOver(place, windows, reports),
      lost,
      explained,
      unexplained: subtractOrNull(lost, explained),
      notReported: sumOrNull(parts.map((part) => part.notReported)),
    }
  })
}

interface Part {
  place: VendorPlace
  window: LossWindow
  /** Whether some window has statistics of the vendor. It then sent nothing in a window without. */
  hasRow: boolean
  delivery: Delivery
}

function partOf(stage: LossStage, { place, window, hasRow, delivery }: Part) {
  const gap = gapOf(stage, { place, window, hasRow })
  if (stage === 'post_send' && delivery !== 'reported') {
    const none = gap === null ? null : 0
    return { lost: none, explained: none, notReported: gap }
  }
  return { lost: gap, explained: codesOf(stage, place, window), notReported: 0 }
}

function gapOf(stage: LossStage, { place, window, hasRow }: Omit<Part, 'delivery'>): number | null {
  if (window.counts === null || lacksVendors(window.counts)) return null
  const row = rowOf(window, place)
  if (!row) return hasRow ? 0 : null
  return stage === 'ready_to_send' ? subtractOrNull(row.sendable, row.sent) : subtractOrNull(row.sent, row.delivered)
}

function codesOf(stage: LossStage, place: VendorPlace, { record, reasonsGone }: LossWindow): number | null {
  if (reasonsGone) return 0
  if (record === null || !isAttributed(record, stage)) return null
  const own = record.rows.filter((row) => row.stage === stage && row.vendor !== null && isSame(row, place))
  return sumOrNull(own.map(({ count }) => count))
}

/** Returns `partial` where the windows lie in periods with and without receipts. */
function deliveryOver(place: VendorPlace, windows: readonly LossWindow[], reports: ReportsIn): Delivery {
  const active = windows.filter((window) => (rowOf(window, place)?.sent ?? 0) !== 0)
  const kinds = new Set((active.length > 0 ? active : windows).map((window) => reports(place, window)))
  const [only = 'unknown'] = kinds
  return kinds.size === 1 ? only : 'partial'
}

/** Returns the vendors with statistics or with a code that was counted. */
function placesOf(stage: LossStage, windows: readonly LossWindow[]): VendorPlace[] {
  const places = new Map<string, VendorPlace>()
  const add = ({ vendor, channel }: VendorPlace) => places.set(placeKey({ vendor, channel }), { vendor, channel })
  for (const { record, counts } of windows) {
    for (const row of counts?.rows ?? []) add(row)
    for (const row of record?.rows ?? []) {
      const { vendor, channel } = row
      if (row.stage === stage && vendor !== null && row.count !== 0) add({ vendor, channel })
    }
  }
  return [...places.values()].sort(byPlatform)
}

const rowOf = ({ counts }: LossWindow, place: VendorPlace) => counts?.rows.find((row) => isSame(row, place))

const isSame = (a: { vendor: string | null; channel: VendorPlace['channel'] }, b: VendorPlace): boolean =>
  a.vendor === b.vendor && a.channel === b.channel
