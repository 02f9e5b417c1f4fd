import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import { percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { Comparisons } from '@/components/report/comparisons'
import { Controls } from '@/components/report/controls'
import { TagFilter } from '@/components/report/filter/tag-filter'
import { reasonTitle } from '@/components/report/reason-titles'
import { stripControls } from '@/components/ui/strip-controls'
import { funnelOptions } from '@/lib/browser/queries'
import type { TagFilter as Tag } from '@/lib/contract/campaigns/tag-filter'
import type { FunnelReply } from '@/lib/contract/funnel'
import { type FunnelView, funnelParams, lossStageHref, overviewHref } from '@/lib/contract/links'
import type { LossStageReply } from '@/lib/contract/losses'
import { PATHS } from '@/lib/contract/paths'
import type { LossStage } from '@/lib/contract/records'
import { LiveReport } from './live-report'
import type { LossesLink } from './loss-href'
import type { TopReasons } from './totals'
import type { IntervalLink } from './trend'

type LossTops = Record<LossStage, (NonNullable<LossStageReply['top']> & { unexplained: number | null }) | null>

interface Props {
  app: string
  /** The app for the address; null when the viewer has only one. */
  appParam: string | null
  view: FunnelView
  /** Whether the viewer may check if a stopped app works again. */
  mayCheck: boolean
  reply: FunnelReply
  /** The top loss reason of each stage; null when unknown. */
  top: LossTops | null
  /** The tag that the page is limited to. */
  tag?: Tag | null
  words: Words
}

const MOST_HOURS = 2_000

/** Renders the overview. The first HTML contains the stored report, and the browser continues from the same reply. */
export function Overview({ app, appParam, view, mayCheck, reply, top, tag = null, words }: Props) {
  const params = funnelParams(view)
  const { source, range, from, to, tz, task } = view
  const losses = { app: appParam, view: { source, range, from, to, tz, task } }
  const cache = new QueryClient()
  cache.setQueryData(funnelOptions(app, params).queryKey, reply)
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="text-20 font-semibold">{words.t('overview.title')}</h1>
        <p className="hidden print:block">{words.t(`overview.source.${view.source}`)}</p>
        <div className="flex max-w-full flex-wrap items-center justify-end gap-2 max-sm:justify-start">
          <Controls
            app={appParam}
            view={view}
            range={reply.range}
            words={words}
            path={PATHS.overview}
            keptFields={{ task: task?.join(',') || undefined }}
            hrefOf={(other) => overviewHref(appParam, { ...other, task })}
          />
          {reply.tasks.length === 0 && (
            <div className="no-print">
              <Comparisons
                range={reply.range}
                current={view.compare}
                hrefOf={(compare) => overviewHref(appParam, { ...view, compare })}
                words={words}
              />
            </div>
          )}
        </div>
      </div>
      {tag && <TagFilter filter={tag} all={overviewHref(appParam, { ...view, task: [] })} words={words} />}
      {!tag && reply.tasks.length > 0 && (
        <TaskChips tasks={reply.tasks} all={overviewHref(appParam, { ...view, task: [] })} words={words} />
      )}
      <HydrationBoundary state={dehydrate(cache)}>
        <LiveReport
          key={`${app}?${params}`}
          app={app}
          params={params}
          mayCheck={mayCheck}
          losses={losses}
          topReasons={top && reply.total ? topReasonsOf(top, losses, words) : undefined}
          locale={words.locale}
          links={intervalLinks(appParam, view, reply)}
          messages={pickMessages(words.locale, ['common', 'errors', 'overview', 'vendors'], words.channels)}
        />
      </HydrationBoundary>
    </>
  )
}

/** Names the campaigns that the page is limited to, and links to all pushes. */
function TaskChips({ tasks, all, words: { t } }: { tasks: FunnelReply['tasks']; all: string; words: Words }) {
  const [only] = tasks
  return (
    <p className="mb-3 flex min-w-0">
      <Link prefetch={false} href={all} className="button max-w-full" title={t('losses.removeFilter')}>
        <span className="truncate">
          {tasks.length === 1
            ? t('losses.taskFilter', { task: stripControls(only?.task ?? '') })
            : t('losses.tasksFilter', { n: tasks.length })}
        </span>
        <span aria-hidden="true">×</span>
        <span className="sr-only">{t('losses.removeFilter')}</span>
      </Link>
    </p>
  )
}

/**
 * Renders the top reasons on the server, so that the browser needs no reason names. They stay while the numbers
 * refresh.
 */
function topReasonsOf(top: LossTops, losses: LossesLink, words: Words): TopReasons {
  const of = (stage: LossStage) => {
    const first = top[stage]
    return (
      first && (
        <>
          <span className="text-second">{words.t('overview.drop.mostly')}</span>{' '}
          <a href={lossStageHref(losses.app, losses.view, stage)} className="link">
            {reasonTitle(first.reason, words, first.code)}
          </a>
          <span className="text-second">{shareText(first, words)}</span>
        </>
      )
    )
  }
  return { ready_to_send: of('ready_to_send'), post_send: of('post_send') }
}

/** Says the reason's share, and the unexplained part where that is larger: the reason then misleads alone. */
function shareText({ share, unexplained }: NonNullable<LossTops[LossStage]>, { t, locale }: Words): string {
  if (share === null) return ''
  const own = `, ${percent(share, locale)}`
  if (unexplained === null || unexplained <= share) return own
  return `${own}; ${t('overview.drop.unexplained', { share: percent(unexplained, locale) })}`
}

/** Links to hourly, daily and weekly buckets. Hours are offered only while there are few enough for one reply. */
function intervalLinks(app: string | null, view: FunnelView, { range, hourly }: FunnelReply): IntervalLink[] {
  const hours = (Date.parse(range.to) - Date.parse(range.from)) / 3_600_000
  return (['hour', 'day', 'week'] as const)
    .filter((interval) => interval !== 'hour' || (hourly && hours < MOST_HOURS))
    .map((interval) => ({ interval, href: overviewHref(app, { ...view, interval }) }))
}
