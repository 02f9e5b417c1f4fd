import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { pickMessages } from '@/components/i18n/messages'
import { percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { TagNote } from '@/components/report/filter/tag-note'
import type { PictureSubject } from '@/components/report/picture/funnel-lines'
import { reasonTitle } from '@/components/report/reason-titles'
import type { ShareOffer } from '@/components/report/share/dialog/draft'
import { annotationsOptions, changesOptions, funnelOptions } from '@/lib/browser/queries'
import type { TagFilter } from '@/lib/contract/campaigns/tag-filter'
import type { ChangesReply } from '@/lib/contract/changes/changes'
import type { AnnotationsReply } from '@/lib/contract/chart/annotations'
import { TREND_MEASURES, TREND_PARTS, type TrendView } from '@/lib/contract/chart/trend-view'
import { VENDOR_SORTS, type VendorSort } from '@/lib/contract/chart/vendor-sorts'
import type { Comparison } from '@/lib/contract/comparisons'
import type { FunnelReply } from '@/lib/contract/funnel'
import {
  annotationsParams,
  changesParams,
  type FunnelView,
  funnelParams,
  lossStageHref,
  type OverviewView,
  overviewHref,
} from '@/lib/contract/links'
import type { LossStageReply } from '@/lib/contract/losses'
import type { LossStage } from '@/lib/contract/records'
import type { ViewReply } from '@/lib/contract/views/saved-views'
import { Changes } from './changes'
import { ChangesIsland } from './changes-island'
import { LiveReport } from './live-report'
import type { LossesLink } from './loss-href'
import { OverviewBar } from './overview-bar'
import type { TopReasons } from './total-drops'
import { Trend } from './trend/trend'
import type { TrendLink } from './trend/trend-links'

type LossTops = Record<LossStage, (NonNullable<LossStageReply['top']> & { unexplained: number | null }) | null>

interface Props {
  app: string
  /** The app for the address; null when the viewer has only one. */
  appParam: string | null
  view: FunnelView & TrendView & { compare: Comparison }
  sort: VendorSort
  /** Notes, campaigns and errors of the range. */
  annotations: AnnotationsReply
  /** Whether the viewer may write notes. */
  mayNote: boolean
  /** What a picture says about its data. */
  subject: PictureSubject
  /** Whether the viewer may check if a stopped app works again. */
  mayCheck: boolean
  reply: FunnelReply
  /** The top loss reason of each stage; null when unknown. */
  top: LossTops | null
  /** The tag that the page is limited to. */
  tag?: TagFilter | null
  /** Epoch milliseconds of the data's clock. */
  nowMs: number
  /** The person's views of this app. */
  views: ViewReply[]
  /** What changed; null for campaigns. */
  changes: ChangesReply | null
  /** What may be shared with strangers; null for people who create no links. */
  offer?: ShareOffer | null
  words: Words
}

const MOST_HOURS = 2_000

/** Renders the overview. The first HTML contains the stored report, and the browser continues from the same reply. */
export function Overview(props: Props) {
  const { app, appParam, view, sort, mayCheck, reply, top, tag = null, nowMs, views, changes, words, ...trend } = props
  const { offer = null } = props
  const params = funnelParams(view)
  const { source, range, from, to, tz, task } = view
  const losses = { app: appParam, view: { source, range, from, to, tz, task, tag: view.tag } }
  const cache = new QueryClient()
  cache.setQueryData(funnelOptions(app, params).queryKey, reply)
  const marks = annotationsParams(view)
  cache.setQueryData(annotationsOptions(app, marks).queryKey, trend.annotations)
  if (changes) cache.setQueryData(changesOptions(app, changesParams(view)).queryKey, changes)
  const namespaces = ['changes', 'common', 'errors', 'overview', 'trend', 'vendors'] as const
  const messages = pickMessages(words.locale, namespaces, words.channels)
  const links = trendLinks(appParam, { ...view, sort }, reply)
  const extras = { view, annotations: trend.annotations.items, actions: null }
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <OverviewBar {...{ app, appParam, view, sort, reply, tag, nowMs, views, offer, words }} />
      {tag && <TagNote filter={tag} words={words} />}
      <LiveReport
        key={`${app}?${params}`}
        app={app}
        params={params}
        mayCheck={mayCheck}
        losses={losses}
        topReasons={top && reply.total ? topReasonsOf(top, losses, words) : undefined}
        locale={words.locale}
        links={links}
        trend={<Trend reply={reply} links={links} extras={extras} words={words} />}
        sort={sort}
        sortLinks={VENDOR_SORTS.map((one) => ({ sort: one, href: overviewHref(appParam, { ...view, sort: one }) }))}
        view={{ measure: view.measure, by: view.by }}
        marks={marks}
        mayNote={trend.mayNote}
        subject={trend.subject}
        messages={messages}
        changesParams={changes && changesParams(view)}
        changes={
          changes && (
            <ChangesIsland
              rendered={<Changes reply={changes} titles={titlesOf(changes, words)} losses={losses} words={words} />}
              app={app}
              params={changesParams(view)}
              funnel={params}
              view={view}
              losses={losses}
              titles={titlesOf(changes, words)}
              demo={trend.subject.demo}
              locale={words.locale}
              messages={messages}
            />
          )
        }
      />
    </HydrationBoundary>
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
          <span className="text-second">{words.t('overview.drop.mostly')}</span>
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

/** Returns the names of the causes in the changes, so that the browser needs no others. */
function titlesOf({ items }: ChangesReply, words: Words): Record<string, string> {
  return Object.fromEntries(
    items.flatMap(({ code }) =>
      code?.reason.key ? [[code.reason.key, reasonTitle(code.reason, words, code.code)]] : [],
    ),
  )
}

/** Says the reason's share, and the unexplained part where that is larger: the reason then misleads alone. */
function shareText({ share, unexplained }: NonNullable<LossTops[LossStage]>, { t, locale }: Words): string {
  if (share === null) return ''
  const own = t('overview.drop.share', { share: percent(share, locale) })
  if (unexplained === null || unexplained <= share) return own
  return own + t('overview.drop.unexplained', { share: percent(unexplained, locale) })
}

/** Links to the choices of the chart. Hours are offered only while there are few enough for one reply. */
function trendLinks(app: string | null, view: OverviewView & TrendView, { range, hourly, interval }: FunnelReply) {
  const hours = (Date.parse(range.to) - Date.parse(range.from)) / 3_600_000
  const link = (choice: TrendLink['choice'], value: TrendLink['value'], current: string): TrendLink => ({
    ...{ choice, value, current: value === current },
    href: overviewHref(app, { ...view, [choice]: value }),
  })
  return [
    ...TREND_MEASURES.map((value) => link('measure', value, view.measure)),
    ...TREND_PARTS.map((value) => link('by', value, view.by)),
    ...(['hour', 'day', 'week'] as const)
      .filter((value) => value !== 'hour' || (hourly && hours < MOST_HOURS))
      .map((value) => link('interval', value, interval)),
  ]
}
