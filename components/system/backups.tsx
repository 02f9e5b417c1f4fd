import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import type { MasterKeyReply } from '@/lib/contract/access/master-key'
import type { BackupsReply } from '@/lib/contract/installation/backups'
import { BackupList } from './backup-list'

interface Props {
  reply: BackupsReply
  keySource: MasterKeyReply['source']
  tz: string
  words: Words
}

/** Says what backups are, what must be kept beside them, and lists them. */
export function Backups({ reply, keySource, tz, words: { t, locale } }: Props) {
  const { supported, to, everyHours, keep, failed } = reply
  return (
    <section className="card mt-4 space-y-3 px-5 py-4 max-sm:px-4" aria-labelledby="backups">
      <div className="max-w-[78ch]">
        <h2 id="backups" className="text-16 font-semibold">
          {t('system.backups.title')}
        </h2>
        <p className="text-13 text-second">{t(supported ? 'system.backups.lead' : 'system.backups.postgres')}</p>
      </div>
      {supported && (
        <>
          <p className="max-w-[78ch] break-words">
            {t('system.backups.to', { to })} {t(`system.backups.key.${keySource}`)}{' '}
            {everyHours === null
              ? t('system.backups.never')
              : t('system.backups.every', { hours: everyHours, keep: String(keep) })}
          </p>
          {failed && <p className="max-w-[78ch] text-bad">{t('system.backups.failed')}</p>}
          <BackupList reply={reply} tz={tz} locale={locale} messages={pickMessages(locale, ['errors', 'system'])} />
          <p className="max-w-[78ch] text-13 text-second">{t('system.backups.restore')}</p>
        </>
      )}
    </section>
  )
}
