import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { Controls } from '@/components/report/controls'
import { TagNote } from '@/components/report/filter/tag-note'
import type { ShareOffer } from '@/components/report/share/dialog/draft'
import { ShareControl } from '@/components/report/share/share-control'
import { ViewsMenu } from '@/components/report/views/views-menu'
import { lossesOptions } from '@/lib/browser/queries'
import type { TagFilter as Tag } from '@/lib/contract/campaigns/tag-filter'
import {
  DEFAULT_GROUPING,
  GROUPINGS,
  type Grouping,
  type LossesView,
  lossesHref,
  lossesParams,
} from '@/lib/contract/links'
import type { LossesReply } from '@/lib/contract/losses'
import { PATHS } from '@/lib/contract/paths'
import type { ViewReply } from '@/lib/contract/views/saved-views'
import { Filters } from './filters'
import { FindCode } from './find-code'
import { LiveComparisons } from './live-comparisons'
import { LiveLosses } from './live-losses'

/** The namespaces that the browser needs to render losses. */
export const LOSSES_WORDS = ['common', 'errors', 'overview', 'vendors', 'losses', 'reasons', 'lookup'] as const

interface Props {
  app: string
  appParam: string | null
  view: LossesView
  grouping: Grouping
  /** Whether the viewer may mark reasons as known. */
  mayEdit: boolean
  reply: LossesReply
  /** The tag that the page is limited to. */
  tag?: Tag | null
  /** Epoch milliseconds of the data's clock. */
  nowMs: number
  /** The person's views of this app. */
  views: ViewReply[]
  /** What may be shared with strangers; null for people who create no links. */
  offer?: ShareOffer | null
  words: Words
}

/**
 * Renders the losses page. The first HTML contains the stored numbers, and the browser continues from the same reply.
 */
export function Losses({
  app,
  appParam,
  view,
  grouping,
  mayEdit,
  reply,
  tag = null,
  nowMs,
  views,
  offer = null,
  words,
}: Props) {
  const { t } = words
  const params = lossesParams(view)
  const cache = new QueryClient()
  cache.setQueryData(lossesOptions(app, params).queryKey, reply)
  const messages = pickMessages(words.locale, LOSSES_WORDS, words.channels)
  const live = { app, appParam, view, grouping, locale: words.locale, messages }
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="text-20 font-semibold">{t('losses.title')}</h1>
        <p className="hidden print:block">{t(`overview.source.${view.source}`)}</p>
        <Controls
          app={appParam}
          view={view}
          range={reply.range}
          nowMs={nowMs}
          words={words}
          path={PATHS.losses}
          keptFields={{
            vendor: view.vendor,
            tag: view.tag,
            task: view.tag === undefined ? taskText(view) : undefined,
            compare: view.compare === 'none' ? view.compare : undefined,
            group: grouping === DEFAULT_GROUPING ? undefined : grouping,
          }}
          hrefOf={(other) =>
            lossesHref(appParam, { ...other, vendor: view.vendor, task: view.task, tag: view.tag }, grouping)
          }
        />
      </div>
      {tag && <TagNote filter={tag} words={words} />}
      <HydrationBoundary state={dehydrate(cache)}>
        <div className="no-print mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <div className="flex min-w-0 flex-wrap items-center gap-2">
            <FindCode app={appParam} view={view} words={words} />
            <Filters
              view={view}
              range={reply.range}
              tag={tag}
              grouping={grouping}
              hrefOf={(other, group) => lossesHref(appParam, other, group)}
              words={words}
            />
          </div>
          <div className="flex flex-wrap items-center gap-2">
            {offer && <ShareControl offer={offer} words={words} />}
            <LiveComparisons key={`${app}?${params}`} {...live} />
            <Groupings appParam={appParam} view={view} grouping={grouping} words={words} />
            <ViewsMenu
              app={app}
              appParam={appParam}
              views={views}
              page="losses"
              address={lossesHref(null, view, grouping)}
              words={words}
            />
          </div>
        </div>
        <LiveLosses key={`${app}?${params}`} {...live} mayEdit={mayEdit} />
      </HydrationBoundary>
    </>
  )
}

const taskText = ({ task = [] }: LossesView) => (task.length > 0 ? task.join(',') : undefined)

function Groupings({
  appParam,
  view,
  grouping,
  words: { t },
}: Pick<Props, 'appParam' | 'view' | 'grouping' | 'words'>) {
  return (
    <ul aria-label={t('losses.group.label')} className="choices">
      {GROUPINGS.map((name) => (
        <li key={name}>
          <Link
            prefetch={false}
            scroll={false}
            href={lossesHref(appParam, view, name)}
            aria-current={name === grouping ? 'true' : undefined}
          >
            {t(`losses.group.${name}`)}
          </Link>
        </li>
      ))}
    </ul>
  )
}
