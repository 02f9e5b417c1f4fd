'use client'
import { useState } from 'react'
import type { SharedPageProps } from '@/components/report/share/shared-props'
import { useWhenIdle } from '@/components/ui/when-idle'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import { VENDOR_SORTS, type VendorSort } from '@/lib/contract/chart/vendor-sorts'
import type { FunnelReply } from '@/lib/contract/funnel'
import { Report } from './report'
import { Trend } from './trend/trend'
import type { TrendLink } from './trend/trend-links'

/** The description of a place of the chart, which needs a pointer and comes after the numbers. */
const loadTip = () => import('./trend/trend-tip')

/** Renders the overview of a link: the numbers, the trend and the vendors, without the pages that they link to. */
export function SharedOverview({
  view: { funnel },
  scope,
  query,
  onQuery,
  isLive,
  words,
}: SharedPageProps<'overview'>) {
  const [sort, setSort] = useState<VendorSort>('volume')
  const isOfRates = scope?.figures === 'rates'
  const [view, setView] = useState<TrendView>({ measure: isOfRates ? 'rate' : 'volume', by: 'total' })
  const tip = useWhenIdle(loadTip)
  const link = (choice: TrendLink['choice'], value: TrendLink['value'], current: string, href: () => void) => ({
    ...{ choice, value, href, current: value === current },
  })
  const links: TrendLink[] = [
    ...(isOfRates
      ? []
      : (['volume', 'rate'] as const).map((measure) =>
          link('measure', measure, view.measure, () => setView({ ...view, measure })),
        )),
    ...(hasVendors(funnel)
      ? (['total', 'vendor'] as const).map((by) => link('by', by, view.by, () => setView({ ...view, by })))
      : []),
    ...(isLive
      ? intervalsOf(funnel).map((interval) =>
          link('interval', interval, funnel.interval, () => onQuery({ ...query, interval })),
        )
      : []),
  ]
  return (
    <Report
      reply={funnel}
      trend={
        <Trend reply={funnel} links={links} extras={{ view, annotations: [], Tip: tip?.TrendTip }} words={words} />
      }
      sort={sort}
      sortLinks={VENDOR_SORTS.map((one) => ({ sort: one, href: () => setSort(one) }))}
      words={words}
    />
  )
}

/** Only some answers name the vendors of each bucket. */
const hasVendors = ({ series }: FunnelReply) => series.some(({ vendors }) => vendors !== undefined)

const MOST_HOURS = 2_000

function intervalsOf({ range, hourly }: FunnelReply) {
  const hours = (Date.parse(range.to) - Date.parse(range.from)) / 3_600_000
  return (['hour', 'day', 'week'] as const).filter((one) => one !== 'hour' || (hourly && hours < MOST_HOURS))
}
