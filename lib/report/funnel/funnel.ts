import type { Coverage } from '@/lib/contract/freshness'
import type { CountReply, FunnelReply, TotalReply, VendorReply } from '@/lib/contract/funnel'
import { DAY } from '@/lib/contract/limits'
import type { Counts, StatisticsRecord, VendorCounts } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import { platformOf } from '@/lib/contract/vendors'
import { iso } from '@/lib/report/range/iso-time'
import type { ResolvedRange } from '@/lib/report/range/range'
import type { Span } from '@/lib/report/range/windows'
import { countsReport, type Delivery, lacksVendors, rateOf } from './counts'
import { changesWithin, type ReceiptChange } from './receipts'
import { placeKey, type ReportedParts, type Reporting, type VendorPlace } from './reporting'

/** The stored counts of a task, '' for the overall. `spans` is the time they cover; without it that is the range. */
export interface FunnelRecord extends StatisticsRecord {
  spans?: readonly Span[]
}

export interface FunnelInput {
  range: ResolvedRange
  source: Source
  /** The requested tasks; empty means the overall. */
  tasks: string[]
  /** The stored records: one per task, '' for the overall. A task without a record is unknown, not zero. */
  records: FunnelRecord[]
  /** Decides who reports deliveries. */
  reporting: Reporting
  /** Parts of the range in which a vendor reports, of the overall. A vendor without one is a lower bound. */
  reportedParts?: ReportedParts | undefined
  /** When vendors' receipts began, stopped or resumed, as far as known. */
  receipts: ReceiptChange[]
  withVendors: boolean
  coverage: Coverage
  /** Epoch seconds of the oldest fetch used. */
  asOf: number | null
  unreadable: number
  nowS: number
}

/** A funnel reply without the fields about time: how the total was made, the series, and freshness. */
export type FunnelTotals = Omit<
  FunnelReply,
  | 'totalBasis'
  | 'comparison'
  | 'interval'
  | 'series'
  | 'seriesBefore'
  | 'sparklines'
  | 'seriesSum'
  | 'aligned'
  | 'hourly'
  | 'freshness'
>

interface Delivered {
  sent: number
  delivered: number
}
/** `part` is set where the vendor reports in a part of the range. */
type Row = VendorCounts & { delivery: Delivery; part: Delivered | null }
type KnownRow = Row & Delivered

/**
 * Builds the funnel of a range. Several tasks each have their own total and `total` is null, because their ranges and
 * devices overlap.
 */
export function funnelReport(input: FunnelInput): FunnelTotals {
  const { range, source, tasks, records, nowS } = input
  const taskReports = tasks.map((task) => ({ task, ...recordReport(recordOf(records, task), input) }))
  const [only] = taskReports
  const overall = tasks.length === 0 ? recordReport(recordOf(records, ''), input) : null
  const head = overall ?? (taskReports.length === 1 && only ? only : { total: null, vendors: [] })
  return {
    range: { from: iso(range.from), to: iso(range.to), tz: range.tz, preset: range.preset },
    source,
    total: head.total,
    vendors: head.vendors,
    tasks: taskReports,
    receipts: changesWithin(input.receipts, range).map((one) => ({
      ...one,
      platform: platformOf(one.vendor),
      at: iso(one.at),
    })),
    coverage: input.coverage,
    asOf: input.asOf === null ? null : iso(input.asOf),
    stillFilling: nowS - range.to < 2 * DAY && allZero(records),
    unreadable: input.unreadable,
  }
}

/** Returns the counts and rates of one task over the span of its record. */
export function taskTotal(record: FunnelRecord, span: Span, reporting: Reporting): TotalReply | null {
  return recordReport(record, { reporting, range: span, withVendors: false }).total
}

function recordOf(records: FunnelRecord[], task: string): FunnelRecord | null {
  return records.find((record) => record.task === task) ?? null
}

type Judgement = Pick<FunnelInput, 'reporting' | 'withVendors' | 'reportedParts'> & { range: Span }

function recordReport(
  record: FunnelRecord | null,
  { reporting, range, withVendors, reportedParts }: Judgement,
): Pick<FunnelTotals, 'total' | 'vendors'> {
  if (record === null) return { total: null, vendors: [] }
  const spans = record.spans ?? [range]
  const rows = record.rows.map((row): Row => {
    const { vendor, channel, sendable, sent, delivered, clicked } = row
    const delivery = reporting.delivery(row, spans, row)
    const hasPart = delivery === 'partial' && record.task === ''
    const part = hasPart ? (reportedParts?.get(placeKey(row)) ?? null) : null
    // A literal without a spread takes an eighth of the time, and a list of campaigns has half a million of these.
    return { vendor, channel, sendable, sent, delivered, clicked, delivery, part }
  })
  return { total: totalReport(record.total, rows), vendors: withVendors ? rows.sort(byPlatform).map(vendorReport) : [] }
}

function vendorReport(row: Row): VendorReply {
  const { vendor, channel, part } = row
  const place = { vendor, platform: platformOf(vendor), channel }
  const report = countsReport(row, row.delivery)
  return part ? { ...place, ...withCover(report, coverOf(row, [row])) } : { ...place, ...report, cover: null }
}

/** Orders vendors by platform number, with nameless ones last, so that the order never depends on the store. */
export function byPlatform(a: VendorPlace, b: VendorPlace): number {
  const rank = ({ vendor }: VendorPlace) => platformOf(vendor) || Number.MAX_SAFE_INTEGER
  return rank(a) - rank(b) || (a.channel ?? '').localeCompare(b.channel ?? '')
}

/**
 * Builds the total. Its counts are Tencent's own; the vendors' rows only decide what is reported and how much of the
 * total that covers.
 */
function totalReport(total: Counts, rows: Row[]): TotalReply {
  return withCover(countsReport(total, totalDelivery(total, rows)), coverOf(total, rows))
}

function withCover(report: CountReply, cover: TotalReply['cover']): TotalReply {
  const deliveryReporting = rateOf(cover.reportingDelivered, cover.reportingSent)
  return { ...report, rates: { ...report.rates, deliveryReporting }, cover }
}

function totalDelivery(total: Counts, rows: Row[]): Delivery {
  const kinds = new Set(rows.filter(({ sent }) => sent !== 0).map(({ delivery }) => delivery))
  if (kinds.size === 1) return [...kinds][0] ?? 'unknown'
  if (kinds.has('reported') || kinds.has('partial') || (total.delivered ?? 0) > 0) return 'partial'
  return 'unknown'
}

/**
 * Splits the drop between sent and delivered. `lost` is the drop at vendors that report all deliveries, and of a vendor
 * that reports in a part of the range the drop in that part; `notReported` is the rest of the total's own drop. Rows do not add up to the total, so a part may be negative: nothing is
 * corrected. Without any vendor row all of it is unknown.
 */
function coverOf(total: Counts, rows: Row[]): TotalReply['cover'] {
  if (lacksVendors({ total, rows })) return NO_COVER
  const { sent, delivered } = total
  const known = rows.filter((row): row is KnownRow => row.sent !== null && row.delivered !== null)
  const whollyReporting = known.filter((row) => row.delivery === 'reported')
  const reporting: Delivered[] = [...whollyReporting, ...known.flatMap(({ part }) => part ?? [])]
  const reportingSent = sum(reporting.map((row) => row.sent))
  const reportingDelivered = sum(reporting.map((row) => row.delivered))
  const allKnown = rows.filter((row) => row.delivery === 'reported').length === whollyReporting.length
  const lost = allKnown ? reportingSent - reportingDelivered : null
  const whole = sent !== null && delivered !== null && known.length === rows.length
  const allSent = sent === null ? 0 : Math.max(sent, sum(known.map((row) => row.sent)))
  return {
    reportingSent,
    reportingDelivered,
    lost,
    notReported: whole && lost !== null ? sent - delivered - lost : null,
    share: allSent === 0 ? null : reportingSent / allSent,
  }
}

const NO_COVER = { reportingSent: null, reportingDelivered: null, lost: null, notReported: null, share: null }
const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0)

/** Returns whether every known count is 0 and at least one is known. */
function allZero(records: StatisticsRecord[]): boolean {
  const counts = records.flatMap(({ total, rows }) => [total, ...rows])
  const known = counts
    .flatMap(({ sendable, sent, delivered, clicked }) => [sendable, sent, delivered, clicked])
    .filter((count) => count !== null)
  return known.length > 0 && known.every((count) => count === 0)
}
