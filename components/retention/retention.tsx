import { pickMessages } from '@/components/i18n/messages'
import { megabytes } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { ExportButton } from '@/components/report/export-button'
import type { RetentionReply } from '@/lib/contract/installation/retention'
import { tableCsvHref } from '@/lib/contract/links'
import { DryRun } from './dry-run'
import { Forecast } from './forecast'
import { Stored } from './stored'

interface Props {
  /** The app for the address; null when the viewer has only one. */
  appParam: string | null
  reply: RetentionReply
  /** What was entered and is no number of days. */
  refused: string | null
  tz: string
  words: Words
}

/** Shows what is stored, how long it is kept, how large it becomes, and what the next cleaning deletes. */
export function Retention({ appParam, reply, refused, tz, words }: Props) {
  const { t, locale } = words
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="max-w-[78ch] min-w-0 flex-1 basis-80">
          <h1 className="text-20 font-semibold">{t('retention.title')}</h1>
          <p className="mt-1 text-13 text-second">{t('retention.lead')}</p>
          <p className="mt-1 text-13">{t('retention.total', { mb: megabytes(reply.databaseBytes, locale) })}</p>
          {reply.backupsUnreachable && <p className="mt-1 text-13 text-bad">{t('retention.unreachable')}</p>}
        </div>
        <ExportButton
          href={tableCsvHref('retention', { traces: String(reply.traces.asked) })}
          name="retention.csv"
          label={t('retention.csv')}
          title={t('retention.csvMeaning')}
          locale={locale}
          messages={pickMessages(locale, ['common', 'errors'])}
        />
      </div>
      <Stored items={reply.items} tz={tz} words={words} />
      <DryRun appParam={appParam} reply={reply} refused={refused} tz={tz} words={words} />
      <Forecast items={reply.items} words={words} />
    </div>
  )
}
