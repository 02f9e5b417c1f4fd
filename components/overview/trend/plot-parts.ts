import type { PlotProps } from '@/components/charts/plot'
import { bucketStateOf, labelledIndexes, type Unit } from '@/components/charts/points'
import type { Locale } from '@/components/i18n/locale'
import { receiptChangesIn } from '@/components/report/receipt-changes'
import type { FunnelReply, VendorReply } from '@/lib/contract/funnel'
import { axisLabel, scaleLabel } from './trend-labels'

/** What every chart of a reply has in common. */
export type PlotParts = Pick<PlotProps, 'states' | 'annotated' | 'xLabel' | 'yLabel'>

export function plotParts(reply: FunnelReply, unit: Unit, locale: Locale): PlotParts {
  const { series, interval, range } = reply
  const labelled = labelledIndexes(series.length)
  return {
    states: series.map(bucketStateOf),
    annotated: annotatedPlaces(reply),
    xLabel(i) {
      const before = labelled[labelled.indexOf(i) - 1]
      const left = before === undefined ? undefined : series[before]
      return axisLabel(series[i], left, { interval, tz: range.tz, locale })
    },
    yLabel: (value) => scaleLabel(value, unit, locale),
  }
}

/** Returns the places at which receipts began, stopped or came back: of one vendor, or of any. */
export function annotatedPlaces(reply: FunnelReply, place?: Pick<VendorReply, 'vendor' | 'channel'>): number[] {
  const isOwn = (one: FunnelReply['receipts'][number]) =>
    !place || (one.vendor === place.vendor && one.channel === place.channel)
  return reply.series.flatMap((bucket, i) => (receiptChangesIn(bucket, reply).some(isOwn) ? i : []))
}
