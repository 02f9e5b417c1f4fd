import 'server-only'
import type {
  BucketReply,
  CountReply,
  FunnelReply,
  FunnelRequest,
  TotalReply,
  VendorReply,
} from '@/lib/contract/funnel'
import { type Column, type CsvWriter, csvTable } from '@/lib/service/read/csv'

/** One row of the tables of totals. `counts` are those of `total` or `vendor`; null where they are unknown. */
interface FunnelLine {
  reply: FunnelReply
  task: string | null
  total: TotalReply | null
  vendor: VendorReply | null
  counts: CountReply | null
}

const RANGE: Column<FunnelLine>[] = [
  { name: 'source', cell: ({ reply }) => reply.source },
  { name: 'from', cell: ({ reply }) => reply.range.from },
  { name: 'to', cell: ({ reply }) => reply.range.to },
  { name: 'tz', cell: ({ reply }) => reply.range.tz },
  { name: 'as_of', cell: ({ reply }) => reply.asOf },
]
const COUNTS: Column<FunnelLine>[] = [
  { name: 'sendable', cell: ({ counts }) => counts?.sendable ?? null },
  { name: 'sent', cell: ({ counts }) => counts?.sent ?? null },
  { name: 'delivered', cell: ({ counts }) => counts?.delivered ?? null },
  { name: 'clicked', cell: ({ counts }) => counts?.clicked ?? null },
  { name: 'delivery', cell: ({ counts }) => counts?.delivery ?? null },
  { name: 'send_rate', cell: ({ counts }) => counts?.rates.send ?? null },
  { name: 'delivery_rate', cell: ({ counts }) => counts?.rates.delivery ?? null },
  { name: 'delivery_rate_reporting', cell: ({ counts }) => counts?.rates.deliveryReporting ?? null },
  { name: 'click_rate', cell: ({ counts }) => counts?.rates.click ?? null },
  { name: 'click_basis', cell: ({ counts }) => counts?.rates.clickBasis ?? null },
]
/** Of vendors only where receipts began or ended within the range. */
const COVER: Column<FunnelLine>[] = [
  { name: 'reporting_sent', cell: (line) => coverOf(line)?.reportingSent ?? null },
  { name: 'reporting_delivered', cell: (line) => coverOf(line)?.reportingDelivered ?? null },
  { name: 'lost', cell: (line) => coverOf(line)?.lost ?? null },
  { name: 'not_reported', cell: (line) => coverOf(line)?.notReported ?? null },
]
const coverOf = ({ total, vendor }: FunnelLine) => (total ?? vendor)?.cover
const COMPARISON: Column<FunnelLine>[] = [
  { name: 'compared_from', cell: ({ reply }) => reply.comparison?.from ?? null },
  { name: 'compared_to', cell: ({ reply }) => reply.comparison?.to ?? null },
  { name: 'sendable_before', cell: (line) => beforeOf(line)?.sendable ?? null },
  { name: 'sent_before', cell: (line) => beforeOf(line)?.sent ?? null },
  { name: 'delivered_before', cell: (line) => beforeOf(line)?.delivered ?? null },
  { name: 'clicked_before', cell: (line) => beforeOf(line)?.clicked ?? null },
  { name: 'send_rate_change', cell: (line) => changeOf(line)?.send ?? null },
  { name: 'delivery_rate_change', cell: (line) => changeOf(line)?.delivery ?? null },
  { name: 'click_rate_change', cell: (line) => changeOf(line)?.click ?? null },
]
const comparedVendor = ({ reply, vendor }: FunnelLine) =>
  reply.comparison?.vendors.find((one) => one.vendor === vendor?.vendor && one.channel === vendor.channel)
const beforeOf = (line: FunnelLine) => (line.vendor ? comparedVendor(line)?.before : line.reply.comparison?.before)
const changeOf = (line: FunnelLine) => (line.vendor ? comparedVendor(line)?.change : line.reply.comparison?.change)
const STATE: Column<FunnelLine>[] = [
  { name: 'basis', cell: ({ reply }) => reply.totalBasis },
  { name: 'held', cell: ({ reply }) => reply.coverage.held },
  { name: 'expected', cell: ({ reply }) => reply.coverage.expected },
  { name: 'state', cell: ({ reply }) => reply.freshness.state },
  { name: 'problem', cell: ({ reply }) => reply.freshness.problem?.title ?? null },
]

/** One row. Its counts are empty while they are unknown, and always for several campaigns. */
const totalCsv = csvTable({
  rows: (reply: FunnelReply) => [totalLine(reply, null, reply.total)],
  columns: [...RANGE, ...COUNTS, ...COVER, ...COMPARISON, ...STATE],
  demoColumn: 'note',
})

/** A row for each requested campaign. Its counts are empty where Tencent returned none. */
const tasksCsv = csvTable({
  rows: (reply: FunnelReply) => reply.tasks.map(({ task, total }) => totalLine(reply, task, total)),
  columns: [...RANGE, { name: 'task', cell: ({ task }) => task }, ...COUNTS, ...COVER],
  demoColumn: 'note',
})

function totalLine(reply: FunnelReply, task: string | null, total: TotalReply | null): FunnelLine {
  return { reply, task, total, vendor: null, counts: total }
}

/** A row for each vendor and channel, of all pushes or of each requested campaign. */
const vendorsCsv = csvTable({
  rows: (reply: FunnelReply) =>
    reply.tasks.length === 0
      ? vendorLines(reply, null, reply.vendors)
      : reply.tasks.flatMap(({ task, vendors }) => vendorLines(reply, task, vendors)),
  columns: [
    ...RANGE,
    { name: 'task', cell: ({ task }) => task },
    { name: 'vendor', cell: ({ vendor }) => vendor?.vendor ?? null },
    { name: 'platform', cell: ({ vendor }) => vendor?.platform ?? null },
    { name: 'channel', cell: ({ vendor }) => vendor?.channel ?? null },
    ...COUNTS,
    ...COVER,
    ...COMPARISON,
  ],
  demoColumn: 'note',
})

function vendorLines(reply: FunnelReply, task: string | null, vendors: VendorReply[]): FunnelLine[] {
  return vendors.map((vendor) => ({ reply, task, total: null, vendor, counts: vendor }))
}

type SeriesCounts = Pick<BucketReply, 'sendable' | 'sent' | 'delivered' | 'clicked'>
interface SeriesLine {
  source: string
  bucket: BucketReply
  vendor: NonNullable<BucketReply['vendors']>[number] | null
  counts: SeriesCounts
  /** The same place in the period to compare with; null without one. */
  before: (SeriesCounts & { from: string }) | null
}

type BucketVendor = NonNullable<BucketReply['vendors']>[number]

function bucketLines({ source, seriesBefore }: FunnelReply, bucket: BucketReply, i: number): SeriesLine[] {
  const before = seriesBefore[i]
  const vendorBefore = ({ vendor, channel }: BucketVendor) =>
    before?.vendors?.find((one) => one.vendor === vendor && one.channel === channel)
  const beforeOf = (counts: SeriesCounts | null | undefined) =>
    before && counts ? { ...counts, from: before.from } : null
  return [
    { source, bucket, vendor: null, counts: bucket, before: beforeOf(before) },
    ...(bucket.vendors ?? []).map((vendor) => ({
      ...{ source, bucket, vendor, counts: vendor },
      before: beforeOf(vendorBefore(vendor)),
    })),
  ]
}

/** A row for each bucket, then one for each of its vendors where the request has `vendors=1`. */
const seriesCsv = csvTable({
  rows: (reply: FunnelReply) => reply.series.flatMap((bucket, i) => bucketLines(reply, bucket, i)),
  columns: [
    { name: 'source', cell: ({ source }) => source },
    { name: 'from', cell: ({ bucket }) => bucket.from },
    { name: 'to', cell: ({ bucket }) => bucket.to },
    { name: 'as_of', cell: ({ bucket }) => bucket.asOf },
    { name: 'state', cell: ({ bucket }) => bucket.state },
    { name: 'final', cell: ({ bucket }) => String(bucket.final) },
    { name: 'vendor', cell: ({ vendor }) => vendor?.vendor ?? null },
    { name: 'platform', cell: ({ vendor }) => vendor?.platform ?? null },
    { name: 'channel', cell: ({ vendor }) => vendor?.channel ?? null },
    { name: 'sendable', cell: ({ counts }) => counts.sendable },
    { name: 'sent', cell: ({ counts }) => counts.sent },
    { name: 'delivered', cell: ({ counts }) => counts.delivered },
    { name: 'clicked', cell: ({ counts }) => counts.clicked },
    { name: 'delivery_rate', cell: ({ bucket, vendor }) => (vendor ? vendor.deliveryRate : bucket.rates.delivery) },
    { name: 'click_rate', cell: ({ bucket, vendor }) => (vendor ? null : bucket.rates.click) },
    { name: 'compared_from', cell: ({ before }) => before?.from ?? null },
    { name: 'sent_before', cell: ({ before }) => before?.sent ?? null },
    { name: 'delivered_before', cell: ({ before }) => before?.delivered ?? null },
    { name: 'clicked_before', cell: ({ before }) => before?.clicked ?? null },
  ],
  demoColumn: 'note',
})

const TABLES = { total: totalCsv, vendors: vendorsCsv, series: seriesCsv, tasks: tasksCsv }

/** The funnel as CSV: the table that the request names. */
export const funnelCsv: CsvWriter<FunnelReply, FunnelRequest> = (reply, app, { table }) => TABLES[table](reply, app)
