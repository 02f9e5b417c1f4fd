import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import { zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { AppReply } from '@/lib/contract/apps'
import { allTasksParams, campaignsHref } from '@/lib/contract/links'
import type { TaskCoverReply } from '@/lib/contract/task-cover'
import type { TasksQuery, TasksReply } from '@/lib/contract/tasks'
import { AddCampaigns } from './add-campaigns'
import { CampaignList } from './campaign-list'
import { Cover } from './cover'
import { ExportButton } from './export-button'
import { Register } from './register'
import { Toolbar } from './toolbar'

interface Props {
  app: AppReply
  /** The app for the address; null when the viewer has only one. */
  appParam: string | null
  mayWrite: boolean
  /** The TaskID whose form is open. */
  edit: string | null
  read: { query: TasksQuery; reply: TasksReply; cover: TaskCoverReply; nowMs: number; origin: string }
  words: Words
}

/** Renders the registered campaigns and the ways to register more. */
export function Campaigns({ app, appParam, mayWrite, edit, read, words }: Props) {
  const { t } = words
  const { query, reply, cover, nowMs, origin } = read
  const { q, tag, cursor } = query
  const filtered = q !== undefined || tag !== undefined || cursor !== undefined
  const empty = reply.items.length === 0
  const zone = zoneName(new Date(nowMs).toISOString(), app.utcOffset)
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="max-w-[78ch] min-w-0 flex-1 basis-80">
          <h1 className="text-20 font-semibold">{t('campaigns.title')}</h1>
          <p className="mt-1 text-13 text-second">{t('campaigns.lead')}</p>
        </div>
        {!empty && (
          <ExportButton
            app={app.id}
            params={allTasksParams(query)}
            label={t('campaigns.csv')}
            title={t('campaigns.csvMeaning')}
            locale={words.locale}
            messages={pickMessages(words.locale, ['common', 'errors'])}
          />
        )}
      </div>
      <Cover cover={cover} now={nowMs} tz={app.utcOffset} words={words} />
      {mayWrite && (
        <AddCampaigns
          app={app.id}
          open={empty && !filtered}
          tz={app.utcOffset}
          locale={words.locale}
          messages={pickMessages(words.locale, ['common', 'errors', 'campaigns'])}
        />
      )}
      {(!empty || filtered) && <Toolbar appParam={appParam} query={query} words={words} />}
      {empty && !filtered && <Empty app={app} mayWrite={mayWrite} words={words} />}
      {empty && filtered && (
        <div className="card space-y-3 p-4 sm:p-5">
          <p className="font-semibold">{t('campaigns.noMatch.title')}</p>
          <Link prefetch={false} href={campaignsHref(appParam, {})} className="button">
            {t('campaigns.noMatch.all')}
          </Link>
        </div>
      )}
      {!empty && (
        <>
          <CampaignList
            app={app}
            appParam={appParam}
            query={query}
            items={reply.items}
            edit={mayWrite ? edit : null}
            mayWrite={mayWrite}
            words={words}
          />
          <div className="flex flex-wrap items-center justify-between gap-3 text-13 text-second">
            <p>{t('campaigns.zone', { zone })}</p>
            <Paging appParam={appParam} query={query} next={reply.next} words={words} />
          </div>
        </>
      )}
      {mayWrite && <Register app={app} origin={origin} words={words} />}
    </div>
  )
}

function Empty({ app, mayWrite, words: { t } }: Pick<Props, 'app' | 'mayWrite' | 'words'>) {
  const ways = mayWrite ? (['paste', 'register', 'lookup'] as const) : (['lookup', 'viewer'] as const)
  return (
    <section className="card space-y-3 p-4 sm:p-5">
      <h2 className="text-16 font-semibold">{t('campaigns.empty.title')}</h2>
      <ul className="list-disc space-y-1 ps-5">
        {ways.map((way) => (
          <li key={way}>{t(`campaigns.empty.${way}`, { app: app.name })}</li>
        ))}
      </ul>
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
  const { q, tag, sort, cursor } = query
  return (
    <p className="flex gap-2">
      {cursor !== undefined && (
        <Link prefetch={false} href={campaignsHref(appParam, { q, tag, sort })} className="button">
          {t('campaigns.first')}
        </Link>
      )}
      {next !== null && (
        <Link prefetch={false} href={campaignsHref(appParam, { q, tag, sort, cursor: next })} className="button">
          {t('campaigns.next')}
        </Link>
      )}
    </p>
  )
}
