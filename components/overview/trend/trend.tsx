import type { ComponentType, ReactNode } from 'react'
import { Plot, type PlotProps } from '@/components/charts/plot'
import { isFilling, isHole, type Unit } from '@/components/charts/points'
import { TrendFigure } from '@/components/charts/trend-figure'
import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { AnnotationReply } from '@/lib/contract/chart/annotations'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import type { FunnelReply } from '@/lib/contract/funnel'
import { campaignFlags, campaignsByBucket, chartNotes } from './chart-notes'
import { NoteList } from './note-list'
import { plotParts } from './plot-parts'
import { trendLines } from './trend-lines'
import { type TrendLink, TrendLinks } from './trend-links'
import { TrendTable } from './trend-table'
import type { TrendTipProps } from './trend-tip'
import { VendorMultiples } from './vendor-multiples'

/** How the chart is drawn, and what is written on it. */
export interface TrendExtras {
  view: TrendView
  annotations: readonly AnnotationReply[]
  onEdit?: (note: AnnotationReply) => void
  /** Buttons beside the links. */
  actions?: ReactNode
  /** Describes one place of the chart, once its script has loaded. */
  Tip?: ComponentType<TrendTipProps> | undefined
}

interface Props {
  reply: FunnelReply
  links: readonly TrendLink[]
  extras?: TrendExtras | undefined
  words: Words
}

const PLAIN: TrendExtras = { view: { measure: 'volume', by: 'total' }, annotations: [] }

/** Renders volume or rates over time, in total or by vendor, and the same as a table. */
export function Trend({ reply, links, extras = PLAIN, words }: Props) {
  const { t, locale } = words
  const { series, range } = reply
  const { view, annotations, onEdit, actions, Tip } = extras
  const unit: Unit = view.measure === 'rate' ? 'share' : 'count'
  const { lines, multiples } = trendLines(reply, view, words)
  const parts = plotParts(reply, unit, locale)
  const notes = chartNotes(reply, annotations, words)
  const campaigns = campaignsByBucket(series, annotations)
  const plot = { ...parts, lines, unit, notes, flags: campaignFlags(series, campaigns) }
  const legend = lines.length > 0 ? lines : (multiples[0]?.lines ?? []).filter(({ form }) => form === 'before')
  return (
    <section aria-labelledby="trend" className="card px-5 pt-3.5 pb-5 max-sm:px-4">
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id="trend" className="me-auto text-16 font-semibold">
          {t('overview.trend.title')}
        </h2>
        {actions !== undefined && <div className="flex min-h-8 min-w-52 justify-end gap-2">{actions}</div>}
        <TrendLinks links={links} words={words} />
      </div>
      <ul
        aria-label={t('overview.trend.legend')}
        className="mb-2 flex min-h-5 flex-wrap content-start gap-x-4 gap-y-1 text-12 text-second max-sm:min-h-9"
      >
        {legend.map(({ key, form, tone, name }) => (
          <Sample key={key} kind={`${form} ${tone}`} text={name} />
        ))}
        {parts.states.some(isHole) && <Sample kind="hole" text={t('overview.trend.hole')} />}
        {parts.states.some(isFilling) && <Sample kind="filling" text={t('overview.trend.standing.filling')} />}
        {parts.annotated.length > 0 && <Sample kind="annotated" text={t('overview.receipts.changed')} />}
      </ul>
      {multiples.length > 0 ? (
        <VendorMultiples {...{ reply, multiples, unit, parts, notes, words }} />
      ) : (
        <Chart
          plot={plot}
          title={t('overview.trend.title')}
          tip={Tip && ((i) => <Tip {...{ i, reply, lines, unit, notes, words }} campaigns={campaigns.get(i) ?? []} />)}
        />
      )}
      <NoteList notes={notes} tz={range.tz} onEdit={onEdit} words={words} />
      <Remarks reply={reply} view={view} words={words} />
      <TrendTable {...{ reply, view, notes, campaigns, words }} />
    </section>
  )
}

/** The chart as the server draws it, or with tooltips, which only a browser has. */
function Chart({ plot, title, tip }: { plot: PlotProps; title: string; tip: ((i: number) => ReactNode) | undefined }) {
  if (tip) return <TrendFigure {...plot} title={title} tip={tip} />
  return (
    <div className="trend">
      <Plot {...plot} />
    </div>
  )
}

function Sample({ kind, text }: { kind: string; text: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span aria-hidden="true" className={`sample ${kind}`} />
      {text}
    </li>
  )
}

/** Says what the chart cannot show: no data yet, no receipts, few pushes, unaligned borders, a sum that differs. */
function Remarks({ reply, view, words: { t } }: { reply: FunnelReply; view: TrendView; words: Words }) {
  const { series, seriesSum, coverage, total, totalBasis, aligned } = reply
  const difference = (seriesSum?.sent ?? 0) - (total?.sent ?? 0)
  const whole = coverage.held === coverage.expected && totalBasis === 'exact' && seriesSum !== null && total !== null
  const remarks = [
    series.length === 0 && t('overview.trend.none'),
    total?.delivery === 'unreported' && t('overview.trend.unreported'),
    view.measure === 'rate' && t('trend.rateBasis'),
    view.measure === 'volume' && view.by === 'vendor' && t('trend.sentOnly'),
    !aligned && t('overview.trend.unaligned'),
    !reply.hourly && t('overview.trend.byDay'),
    whole && difference !== 0 && t('overview.trend.differs', { sum: exact(seriesSum?.sent ?? 0) }),
  ].filter((remark) => remark !== false)
  return remarks.map((remark) => (
    <p key={remark} className="mt-2 text-12 text-second">
      {remark}
    </p>
  ))
}
