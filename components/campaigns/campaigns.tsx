import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import { zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { ShareOffer } from '@/components/report/share/dialog/draft'
import { ShareControl } from '@/components/report/share/share-control'
import { ViewsMenu } from '@/components/report/views/views-menu'
import type { AppReply } from '@/lib/contract/apps'
import type { TaskCoverReply } from '@/lib/contract/campaigns/task-cover'
import { campaignsHref, type TasksView } from '@/lib/contract/links'
import type { TaskReply, TasksQuery, TasksReply } from '@/lib/contract/tasks'
import type { ViewReply } from '@/lib/contract/views/saved-views'
import { AddCampaigns } from './add-campaigns'
import { Cover } from './cover'
import { EditCampaign } from './edit-campaign'
import { ExportList } from './export/export-campaigns'
import { SortMenu } from './list-head'
import { LiveList } from './live-list'
import { Register } from './register'
import { Sheet } from './sheet'
import { Toolbar } from './toolbar'

interface Props {
  app: AppReply
  /** The app for the address; null when the viewer has only one. */
  appParam: string | null
  mayWrite: boolean
  /** The TaskID whose form is open. */
  edit: string | null
  /** Whether the form for new campaigns is open. */
  add: boolean
  read: {
    query: TasksQuery
    reply: TasksReply
    /** The campaign of `edit`; null where nobody registered it. */
    edited: TaskReply | null
    cover: TaskCoverReply
    nowMs: number
    origin: string
  }
  /** The person's views of this app. */
  views: ViewReply[]
  /** What may be shared with strangers; null for people who create no links. */
  offer?: ShareOffer | null
  words: Words
}

/** Renders the registered campaigns and the ways to register more. */
export function Campaigns(props: Props) {
  const { app, appParam, mayWrite, read, words } = props
  const { t } = words
  const { query, reply, cover, nowMs, origin } = read
  const { q, tag, cursor } = query
  const filtered = q !== undefined || tag !== undefined || cursor !== undefined
  const empty = reply.items.length === 0
  return (
    <div className="space-y-4">
      <Title {...props} empty={empty} />
      <Cover cover={cover} now={nowMs} tz={app.utcOffset} words={words} />
      {(!empty || filtered) && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <Toolbar appParam={appParam} query={query} words={words} />
          {!empty && <SortMenu appParam={appParam} query={query} words={words} />}
        </div>
      )}
      {empty && !filtered && <Empty {...props} />}
      {empty && filtered && (
        <div className="card space-y-3 p-4 sm:p-5">
          <p className="font-semibold">{t('campaigns.noMatch.title')}</p>
          <Link prefetch={false} href={campaignsHref(appParam, {})} className="button">
            {t('campaigns.noMatch.all')}
          </Link>
        </div>
      )}
      {!empty && <List {...props} />}
      {mayWrite && <Forms {...props} />}
      {mayWrite && empty && !filtered && <Register app={app} origin={origin} words={words} />}
    </div>
  )
}

function Title({ app, appParam, mayWrite, read, views, offer, words, empty }: Props & { empty: boolean }) {
  const { t } = words
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="max-w-[78ch] min-w-0 flex-1 basis-80">
        <h1 className="text-20 font-semibold">{t('campaigns.title')}</h1>
        <p className="mt-1 text-13 text-second">{t('campaigns.lead')}</p>
      </div>
      <div className="no-print flex flex-wrap gap-2">
        {offer && <ShareControl offer={offer} words={words} />}
        <ViewsMenu
          app={app.id}
          appParam={appParam}
          views={views}
          page="campaigns"
          address={campaignsHref(null, { ...viewOf(read.query), cursor: undefined })}
          words={words}
        />
        {!empty && <ExportList app={app} query={read.query} reply={read.reply} words={words} />}
        {mayWrite && (
          <Link
            prefetch={false}
            scroll={false}
            href={campaignsHref(appParam, { ...viewOf(read.query), add: true })}
            className="button"
            data-kind="main"
          >
            {t('campaigns.add.title')}
          </Link>
        )}
      </div>
    </div>
  )
}

function List({ app, appParam, mayWrite, read, words }: Props) {
  const { t } = words
  const { query, reply, nowMs } = read
  const zone = zoneName(new Date(nowMs).toISOString(), app.utcOffset)
  return (
    <>
      <LiveList
        key={JSON.stringify(query)}
        app={app.id}
        appParam={appParam}
        query={query}
        reply={reply}
        tz={app.utcOffset}
        mayWrite={mayWrite}
        locale={words.locale}
        messages={pickMessages(words.locale, ['common', 'errors', 'campaigns', 'overview', 'reasons'])}
      />
      <div className="flex flex-wrap items-center justify-between gap-3 text-13 text-second">
        <div className="max-w-[90ch]">
          <p>{t('campaigns.zone', { zone })}</p>
          <p>{t('campaigns.notes.click')}</p>
          <p>{t('campaigns.notes.change')}</p>
        </div>
        <Paging appParam={appParam} query={query} next={reply.next} words={words} />
      </div>
    </>
  )
}

/** The dialogs of editors. The address says which of them is open. */
function Forms({ app, appParam, add, edit, read, words }: Props) {
  const { t } = words
  const { query, edited, origin } = read
  const back = campaignsHref(appParam, viewOf(query))
  const messages = pickMessages(words.locale, ['common', 'errors', 'campaigns'])
  if (edit !== null && edited) {
    return (
      <Sheet key={edit} title={t('campaigns.edit')} close={t('campaigns.close')} back={back}>
        <EditCampaign app={app.id} task={edited} back={back} locale={words.locale} messages={messages} />
      </Sheet>
    )
  }
  if (!add) return null
  return (
    <Sheet title={t('campaigns.add.title')} close={t('campaigns.close')} back={back}>
      <AddCampaigns app={app.id} tz={app.utcOffset} locale={words.locale} messages={messages} />
      <Register app={app} origin={origin} words={words} />
    </Sheet>
  )
}

const viewOf = ({ q, tag, sort, dir, group, cursor }: TasksQuery): TasksView => ({ q, tag, sort, dir, group, cursor })

function Empty({ app, appParam, mayWrite, words: { t } }: Props) {
  const ways = mayWrite ? (['paste', 'register', 'lookup'] as const) : (['lookup', 'viewer'] as const)
  return (
    <section className="card space-y-3 p-4 sm:p-5">
      <h2 className="text-16 font-semibold">{t('campaigns.empty.title')}</h2>
      <ul className="list-disc space-y-1 ps-5">
        {ways.map((way) => (
          <li key={way}>{t(`campaigns.empty.${way}`, { app: app.name })}</li>
        ))}
      </ul>
      {mayWrite && (
        <Link prefetch={false} scroll={false} href={campaignsHref(appParam, { add: true })} className="button">
          {t('campaigns.add.title')}
        </Link>
      )}
    </section>
  )
}

interface PagingProps {
  appParam: string | null
  query: TasksQuery
  next: string | null
  words: Words
}

/** Links to the next page and to the first page. The browser's back button goes to the previous page. */
function Paging({ appParam, query, next, words: { t } }: PagingProps) {
  const { q, tag, sort, dir, group, cursor } = query
  return (
    <p className="flex gap-2">
      {cursor !== undefined && (
        <Link prefetch={false} href={campaignsHref(appParam, { q, tag, sort, dir, group })} className="button">
          {t('campaigns.first')}
        </Link>
      )}
      {next !== null && (
        <Link
          prefetch={false}
          href={campaignsHref(appParam, { q, tag, sort, dir, group, cursor: next })}
          className="button"
        >
          {t('campaigns.next')}
        </Link>
      )}
    </p>
  )
}
