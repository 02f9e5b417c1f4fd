import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import { exact } from '@/components/i18n/number'
import { zoneName } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { ExportButton } from '@/components/report/export-button'
import { type AuditPage, MAX_AUDIT_ENTRIES } from '@/lib/contract/access/audit'
import type { AppReply } from '@/lib/contract/apps'
import { type AuditView, auditHref, tableCsvHref } from '@/lib/contract/links'
import { Chain } from './chain'
import { Entries } from './entries'
import { FailedSignIns } from './failed-sign-ins'
import { Filter } from './filter'

interface Props {
  /** The app for the address; null when the viewer has only one. */
  appParam: string | null
  apps: AppReply[]
  read: AuditPage
  words: Words
}

/** Renders who did what and when, whether an entry was changed, and where sign-in failed. */
export function Audit({ appParam, apps, read, words }: Props) {
  const { t } = words
  const { view, reply, failed, choices, tz, params, failedParams, now } = read
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="max-w-[78ch] min-w-0 flex-1 basis-80">
          <h1 className="text-20 font-semibold">{t('audit.title')}</h1>
          <p className="mt-1 text-13 text-second">{t('audit.lead')}</p>
        </div>
        <ExportButton
          href={tableCsvHref('audit', { ...params, limit: String(MAX_AUDIT_ENTRIES) })}
          name="audit.csv"
          label={t('audit.csv')}
          title={t('audit.csvMeaning', { most: exact(MAX_AUDIT_ENTRIES) })}
          locale={words.locale}
          messages={pickMessages(words.locale, ['common', 'errors'])}
        />
      </div>
      <Chain chain={reply.chain} tz={tz} words={words} />
      <Filter appParam={appParam} view={view} apps={apps} choices={choices} words={words} />
      {reply.items.length === 0 ? (
        <Empty view={view} words={words} />
      ) : (
        <Entries items={reply.items} tz={tz} words={words} />
      )}
      <div className="flex flex-wrap items-center justify-between gap-3 text-13 text-second">
        <p>{t('audit.zone', { zone: zoneName(now, tz) })}</p>
        <Paging appParam={appParam} view={view} next={reply.next} words={words} />
      </div>
      <FailedSignIns reply={failed} params={failedParams} tz={tz} words={words} />
    </div>
  )
}

function Empty({ view, words: { t } }: { view: AuditView; words: Words }) {
  const filtered = Object.values(view).some((value) => value !== undefined)
  return (
    <section className="card space-y-1 p-4 sm:p-5">
      <h2 className="font-semibold">{t(filtered ? 'audit.empty.title' : 'audit.empty.none')}</h2>
      <p className="text-13 text-second">{t(filtered ? 'audit.empty.body' : 'audit.empty.noneBody')}</p>
    </section>
  )
}

interface PagingProps {
  appParam: string | null
  view: AuditView
  next: string | null
  words: Words
}

/** Links to older entries and to the newest. The browser's back button goes to the previous page. */
function Paging({ appParam, view, next, words: { t } }: PagingProps) {
  return (
    <p className="no-print flex gap-2">
      {view.cursor !== undefined && (
        <Link prefetch={false} href={auditHref(appParam, { ...view, cursor: undefined })} className="button">
          {t('audit.first')}
        </Link>
      )}
      {next !== null && (
        <Link prefetch={false} href={auditHref(appParam, { ...view, cursor: next })} className="button">
          {t('audit.next')}
        </Link>
      )}
    </p>
  )
}
