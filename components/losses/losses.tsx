import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { TagFilter } from '@/components/report/filter/tag-filter'
import type { PictureSubject } from '@/components/report/picture/funnel-lines'
import { lossesOptions } from '@/lib/browser/queries'
import type { TagFilter as Tag } from '@/lib/contract/campaigns/tag-filter'
import { DEFAULT_GROUPING, type Grouping, type LossesView, lossesHref, lossesParams } from '@/lib/contract/links'
import type { LossesReply } from '@/lib/contract/losses'
import { PATHS } from '@/lib/contract/paths'
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
  words: Words
}

/**
 * Renders the losses page. The first HTML contains the stored numbers, and the browser continues from the same reply.
 */
export function Losses({ app, appParam, view, grouping, mayEdit, subject, reply, tag = null, words }: Props) {
  const params = lossesParams(view)
  const cache = new QueryClient()
  cache.setQueryData(lossesOptions(app, params).queryKey, reply)
  const messages = pickMessages(words.locale, LOSSES_WORDS, words.channels)
  const live = { locale: words.locale, messages }
  const { vendor, task } = view
  return (
    <>
      <LossesBar
        {...{ app, appParam, view, reply, grouping, subject, live, words }}
        title={words.t('losses.title')}
        path={PATHS.losses}
        keptFields={{
          vendor,
          task: task && task.length > 0 ? task.join(',') : undefined,
          group: grouping === DEFAULT_GROUPING ? undefined : grouping,
        }}
        hrefOf={(other) => lossesHref(appParam, other, grouping)}
        chips={
          <>
            {tag && (
              <TagFilter
                filter={tag}
                all={lossesHref(appParam, { ...view, task: undefined }, grouping)}
                words={words}
              />
            )}
            <Filters
              view={tag ? { ...view, task: undefined } : view}
              hrefOf={(other) => lossesHref(appParam, tag ? { ...other, task } : other, grouping)}
              words={words}
            />
          </>
        }
        choice={<GroupingMenu current={grouping} hrefOf={(name) => lossesHref(appParam, view, name)} words={words} />}
      />
      <HydrationBoundary state={dehydrate(cache)}>
        <LiveLosses
          key={`${app}?${params}`}
          {...{ app, appParam, view, grouping, mayEdit, ...live }}
          find={<FindCode app={appParam} view={view} words={words} />}
        />
      </HydrationBoundary>
    </>
  )
}
