import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { TagNote } from '@/components/report/filter/tag-note'
import type { PictureSubject } from '@/components/report/picture/funnel-lines'
import type { ShareOffer } from '@/components/report/share/dialog/draft'
import { ViewsMenu } from '@/components/report/views/views-menu'
import { lossesOptions } from '@/lib/browser/queries'
import type { TagFilter as Tag } from '@/lib/contract/campaigns/tag-filter'
import { DEFAULT_GROUPING, type Grouping, type LossesView, lossesHref, lossesParams } from '@/lib/contract/links'
import type { LossesReply } from '@/lib/contract/losses'
import { PATHS } from '@/lib/contract/paths'
import type { ViewReply } from '@/lib/contract/views/saved-views'
import { GroupingMenu } from './bar/grouping-menu'
import { LossesBar } from './bar/losses-bar'
import { Filters } from './filters'
import { FindCode } from './find-code'
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
  /** What a picture says about its data. */
  subject: PictureSubject
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
export function Losses(props: Props) {
  const {
    app,
    appParam,
    view,
    grouping,
    mayEdit,
    subject,
    reply,
    tag = null,
    nowMs,
    views,
    offer = null,
    words,
  } = props
  const params = lossesParams(view)
  const cache = new QueryClient()
  cache.setQueryData(lossesOptions(app, params).queryKey, reply)
  const messages = pickMessages(words.locale, LOSSES_WORDS, words.channels)
  const live = { locale: words.locale, messages }
  return (
    <>
      {/* The bar follows the reply too. Outside, it would make the query first, and the report would start empty. */}
      <HydrationBoundary state={dehydrate(cache)}>
        <LossesBar
          {...{ app, appParam, view, reply, grouping, subject, nowMs, offer, live, words }}
          title={words.t('losses.title')}
          path={PATHS.losses}
          keptFields={{ vendor: view.vendor, group: grouping === DEFAULT_GROUPING ? undefined : grouping }}
          hrefOf={(other) => lossesHref(appParam, other, grouping)}
          chips={
            <Filters
              {...{ view, tag, grouping, words }}
              range={reply.range}
              hrefOf={(other, group) => lossesHref(appParam, other, group)}
            />
          }
          choice={<GroupingMenu current={grouping} hrefOf={(name) => lossesHref(appParam, view, name)} words={words} />}
          saved={
            <ViewsMenu {...{ app, appParam, views, words }} page="losses" address={lossesHref(null, view, grouping)} />
          }
        />
        {tag && <TagNote filter={tag} words={words} />}
        <LiveLosses
          key={`${app}?${params}`}
          {...{ app, appParam, view, grouping, mayEdit, ...live }}
          find={<FindCode app={appParam} view={view} words={words} />}
        />
      </HydrationBoundary>
    </>
  )
}
