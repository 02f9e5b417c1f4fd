import type { ChartLine } from '@/components/charts/points'
import type { Words } from '@/components/i18n/words'
import { byVolume, vendorKey, vendorNames } from '@/components/report/vendor'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import type { BucketReply, FunnelReply, VendorReply } from '@/lib/contract/funnel'

/** More vendors than this have a small chart each. */
const MOST_LINES = 4

type Place = Pick<VendorReply, 'vendor' | 'channel'>

/** What the chart shows: lines in one plot, or a plot for each vendor. */
export interface TrendLines {
  lines: ChartLine[]
  multiples: { vendor: VendorReply; lines: ChartLine[] }[]
}

export function trendLines(reply: FunnelReply, { measure, by }: TrendView, words: Words): TrendLines {
  if (by === 'total')
    return { lines: measure === 'rate' ? rateLines(reply, words) : volumeLines(reply, words), multiples: [] }
  const vendors = byVolume(reply.vendors)
  if (vendors.length > MOST_LINES) {
    return {
      lines: [],
      multiples: vendors.map((vendor) => ({ vendor, lines: multipleOf(reply, vendor, measure, words) })),
    }
  }
  const lines = vendors.map((vendor, i): ChartLine => {
    const values = reply.series.map((bucket) => vendorValue(bucket, vendor, measure))
    return {
      key: vendorKey(vendor),
      name: vendorNames(vendor, words).name,
      form: 'line',
      tone: `vendor-${i + 1}`,
      values,
    }
  })
  return { lines, multiples: [] }
}

/** Campaigns are single events, so they are bars. Without reporting vendors there is no delivery. */
function volumeLines(reply: FunnelReply, words: Words): ChartLine[] {
  const { series, source, total } = reply
  const one = (key: 'sent' | 'delivered' | 'clicked', form: ChartLine['form'], width: number): ChartLine => ({
    ...{ key, form, width, tone: key, name: words.t(`overview.metric.${key}`) },
    values: series.map((bucket) => bucket[key]),
  })
  const [wide, others] = source === 'task' ? (['bar', 'bar'] as const) : (['area', 'line'] as const)
  return [
    one('sent', wide, 0.76),
    ...(total?.delivery === 'unreported' ? [] : [one('delivered', others, 0.5)]),
    one('clicked', others, 0.24),
    ...beforeLine(reply, words.t('trend.before.sent'), 'sent', (bucket) => bucket.sent),
  ]
}

function rateLines(reply: FunnelReply, words: Words): ChartLine[] {
  const basis = reply.total?.rates.clickBasis ?? 'sent'
  const one = (key: 'delivery' | 'click', tone: string): ChartLine => ({
    ...{ key, form: 'line', tone, name: words.t(key === 'click' ? `trend.click.${basis}` : 'trend.delivery') },
    values: reply.series.map(({ rates }) => rates[key]),
  })
  const unreported = reply.total?.delivery === 'unreported'
  return [
    ...(unreported ? [] : [one('delivery', 'delivered')]),
    one('click', 'clicked'),
    ...(unreported
      ? []
      : beforeLine(reply, words.t('trend.before.delivery'), 'delivered', ({ rates }) => rates.delivery)),
  ]
}

function multipleOf(reply: FunnelReply, vendor: VendorReply, measure: TrendView['measure'], words: Words): ChartLine[] {
  const form = measure === 'rate' ? 'line' : reply.source === 'task' ? 'bar' : 'area'
  const tone = measure === 'rate' ? 'delivered' : 'sent'
  const { name } = vendorNames(vendor, words)
  const values = reply.series.map((bucket) => vendorValue(bucket, vendor, measure))
  const before = (bucket: BucketReply) => vendorValue(bucket, vendor, measure)
  return [
    { key: vendorKey(vendor), name, form, tone, values },
    ...beforeLine(reply, words.t(measure === 'rate' ? 'trend.before.delivery' : 'trend.before.sent'), tone, before),
  ]
}

function beforeLine(
  { series, seriesBefore }: FunnelReply,
  name: string,
  tone: string,
  valueIn: (bucket: BucketReply) => number | null,
): ChartLine[] {
  const values = series.map((_, i) => {
    const before = seriesBefore[i]
    return before ? valueIn(before) : null
  })
  return values.some((value) => value !== null) ? [{ key: 'before', name, form: 'before', tone, values }] : []
}

/**
 * A vendor without a row in a stored bucket had nothing there, unless the bucket has pushes and no rows at all. A vendor
 * that does not report has no rate.
 */
function vendorValue(bucket: BucketReply, place: Place, measure: TrendView['measure']): number | null {
  if (bucket.sent === null || !bucket.vendors) return null
  const row = bucket.vendors.find(({ vendor, channel }) => vendor === place.vendor && channel === place.channel)
  if (measure === 'rate') return row?.deliveryRate ?? null
  if (row) return row.sent
  return bucket.vendors.length > 0 || bucket.sent === 0 ? 0 : null
}
