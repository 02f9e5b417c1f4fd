import Link from 'next/link'
import { isoDay } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Controls } from '@/components/report/controls'
import { TagFilter } from '@/components/report/filter/tag-filter'
import { CompareMenu } from '@/components/report/header/compare-menu'
import { type ExportFile, ExportMenu } from '@/components/report/header/export-menu'
import { HeaderBar } from '@/components/report/header/header-bar'
import type { ShareOffer } from '@/components/report/share/dialog/draft'
import { ShareControl } from '@/components/report/share/share-control'
import { stripControls } from '@/components/ui/strip-controls'
import type { TagFilter as Tag } from '@/lib/contract/campaigns/tag-filter'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import type { VendorSort } from '@/lib/contract/chart/vendor-sorts'
import type { Comparison } from '@/lib/contract/comparisons'
import type { FunnelReply } from '@/lib/contract/funnel'
import { type FunnelView, funnelFileHref, overviewHref } from '@/lib/contract/links'
import { PATHS } from '@/lib/contract/paths'

interface Props {
  app: string
  /** The app for the address; null when the viewer has only one. */
  appParam: string | null
  view: FunnelView & TrendView & { compare: Comparison }
  sort: VendorSort
  reply: FunnelReply
  /** The tag that the page is limited to. */
  tag: Tag | null
  /** What may be shared with strangers; null for people who create no links. */
  offer: ShareOffer | null
  words: Words
}

/** The header bar of the overview. A campaign is counted over its life, so it has no comparison. */
export function OverviewBar({ app, appParam, view, sort, reply, tag, offer, words }: Props) {
  const { t } = words
  const all = overviewHref(appParam, { ...view, sort, task: [] })
  const { task, compare, measure, by } = view
  const order = sort === 'volume' ? undefined : sort
  return (
    <HeaderBar
      title={t('overview.title')}
      printed={t(`overview.source.${view.source}`)}
      chips={
        tag ? (
          <TagFilter filter={tag} all={all} words={words} />
        ) : (
          reply.tasks.length > 0 && <TaskChip tasks={reply.tasks} all={all} words={words} />
        )
      }
      end={
        <>
          <ShareControl offer={offer} words={words} />
          <ExportMenu files={filesOf(app, view, reply, words)} words={words} />
        </>
      }
    >
      <Controls
        app={appParam}
        view={view}
        range={reply.range}
        words={words}
        path={PATHS.overview}
        keptFields={{
          task: task?.join(',') || undefined,
          compare: compare === 'none' ? compare : undefined,
          sort: order,
          measure: measure === 'volume' ? undefined : measure,
          by: by === 'total' ? undefined : by,
        }}
        hrefOf={(other) => overviewHref(appParam, { ...other, task, sort, measure, by })}
      />
      {reply.tasks.length === 0 && (
        <CompareMenu
          range={reply.range}
          current={compare}
          hrefOf={(other) => overviewHref(appParam, { ...view, sort, compare: other })}
          words={words}
        />
      )}
    </HeaderBar>
  )
}

/** Names the campaigns that the page is limited to, and links to all pushes. */
function TaskChip({ tasks, all, words: { t } }: { tasks: FunnelReply['tasks']; all: string; words: Words }) {
  const [only] = tasks
  return (
    <Link prefetch={false} href={all} className="button max-w-full" title={t('losses.removeFilter')}>
      <span className="truncate">
        {tasks.length === 1
          ? t('losses.taskFilter', { task: stripControls(only?.task ?? '') })
          : t('losses.tasksFilter', { n: tasks.length })}
      </span>
      <span aria-hidden="true">×</span>
      <span className="sr-only">{t('losses.removeFilter')}</span>
    </Link>
  )
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
