import { isoDay } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Controls } from '@/components/report/controls'
import { Chips } from '@/components/report/filter/chips'
import { campaignChip, comparisonChip } from '@/components/report/filter/report-chips'
import { CompareMenu } from '@/components/report/header/compare-menu'
import { type ExportFile, ExportMenu } from '@/components/report/header/export-menu'
import { HeaderBar } from '@/components/report/header/header-bar'
import { notComparedText } from '@/components/report/not-compared'
import type { ShareOffer } from '@/components/report/share/dialog/draft'
import { ShareControl } from '@/components/report/share/share-control'
import { ViewsMenu } from '@/components/report/views/views-menu'
import type { TagFilter as Tag } from '@/lib/contract/campaigns/tag-filter'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import type { VendorSort } from '@/lib/contract/chart/vendor-sorts'
import type { Comparison } from '@/lib/contract/comparisons'
import type { FunnelReply } from '@/lib/contract/funnel'
import { type FunnelView, funnelFileHref, funnelParams, type OverviewView, overviewHref } from '@/lib/contract/links'
import { PATHS } from '@/lib/contract/paths'
import type { ViewReply } from '@/lib/contract/views/saved-views'
import { WhenCompared } from './when-compared'

interface Props {
  app: string
  /** The app for the address; null when the viewer has only one. */
  appParam: string | null
  view: FunnelView & TrendView & { compare: Comparison }
  sort: VendorSort
  reply: FunnelReply
  /** The tag that the page is limited to. */
  tag: Tag | null
  /** Epoch milliseconds of the data's clock. */
  nowMs: number
  views: ViewReply[]
  /** What may be shared with strangers; null for people who create no links. */
  offer: ShareOffer | null
  words: Words
}

/** The header bar of the overview. A campaign is counted over its life, so it has no comparison. */
export function OverviewBar({ app, appParam, view, sort, reply, tag, nowMs, views, offer, words }: Props) {
  const { t } = words
  const hrefOf = (other: OverviewView) => overviewHref(appParam, { sort, ...other })
  const { task, compare, measure, by } = view
  const compared = {
    ...{ range: reply.range, current: compare, words },
    hrefOf: (other: Comparison) => hrefOf({ ...view, compare: other }),
  }
  const order = sort === 'volume' ? undefined : sort
  return (
    <HeaderBar
      title={t('overview.title')}
      printed={t(`overview.source.${view.source}`)}
      chips={
        <Chips
          chips={[
            campaignChip({ view, hrefOf, words }, tag),
            reply.tasks.length === 0 && comparisonChip({ view, hrefOf, words }, reply.range),
            by === 'vendor' && {
              text: t('views.chip.lines', { name: t('trend.choices.vendor') }),
              href: hrefOf({ ...view, by: 'total' }),
            },
          ]}
          words={words}
        />
      }
      end={
        <>
          <ShareControl offer={offer} words={words} />
          <ViewsMenu
            app={app}
            appParam={appParam}
            views={views}
            page="overview"
            address={overviewHref(null, { ...view, sort })}
            words={words}
          />
          <ExportMenu files={filesOf(app, view, reply, words)} words={words} />
        </>
      }
    >
      <Controls
        app={appParam}
        view={view}
        range={reply.range}
        nowMs={nowMs}
        words={words}
        path={PATHS.overview}
        keptFields={{
          tag: view.tag,
          task: view.tag === undefined ? task?.join(',') || undefined : undefined,
          compare: compare === 'none' ? compare : undefined,
          sort: order,
          measure: measure === 'volume' ? undefined : measure,
          by: by === 'total' ? undefined : by,
        }}
        hrefOf={(other) => hrefOf({ ...other, task, tag: view.tag, measure, by })}
      />
      {reply.tasks.length === 0 && (
        <WhenCompared app={app} params={funnelParams(view)} compared={<CompareMenu problem={null} {...compared} />}>
          <CompareMenu problem={problemOf(reply, words)} {...compared} />
        </WhenCompared>
      )}
    </HeaderBar>
  )
}

/** Returns why the numbers are not compared as wanted; null where they are. */
function problemOf({ comparison, range }: FunnelReply, words: Words): string | null {
  return comparison === null || comparison.held ? null : notComparedText(comparison, range.tz, words)
}

/** Offers the tables that the page has, and the whole report. The names of the files carry the days of the range. */
function filesOf(app: string, view: FunnelView, { range, tasks, interval }: FunnelReply, { t }: Words): ExportFile[] {
  const shown = tasks.length > 0 ? (['tasks', 'vendors'] as const) : (['total', 'vendors', 'series'] as const)
  const days = `${isoDay(range.from, range.tz)}-${isoDay(range.to, range.tz)}`
  const tables = shown.filter((table) => table !== 'series' || interval !== 'none')
  return [
    ...tables.map((table) => ({
      label: t(`overview.export.${table}`),
      href: funnelFileHref(app, view, table),
      name: `pushlens-${view.source}-${table}-${days}.csv`,
    })),
    {
      label: t('overview.export.json'),
      href: funnelFileHref(app, view, null),
      name: `pushlens-${view.source}-${days}.json`,
    },
  ]
}
