import { pickMessages } from '@/components/i18n/messages'
import { minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { MasterKeyReply } from '@/lib/contract/access/master-key'
import { RotateKey } from './rotate-key'

interface Props {
  state: MasterKeyReply
  tz: string
  words: Words
}

/** Shows where the master key is and when it was replaced, with the button or the steps that replace it. */
export function MasterKey({ state, tz, words }: Props) {
  const { t, locale } = words
  const { source, ready, isNext, rotatedAt } = state
  return (
    <section className="card mt-4 space-y-3 px-5 py-4 max-sm:px-4" aria-labelledby="master-key">
      <div>
        <h2 id="master-key" className="text-16 font-semibold">
          {t('system.masterKey.title')}
        </h2>
        <p className="max-w-[78ch] text-13 text-second">{t('system.masterKey.lead')}</p>
      </div>
      <p>
        {t(`system.masterKey.source.${source}`)}{' '}
        {rotatedAt === null
          ? t('system.masterKey.never')
          : t('system.masterKey.last', { time: minute(rotatedAt, tz, locale) })}
      </p>
      {isNext && <p className="max-w-[78ch] font-medium">{t('system.masterKey.isNext')}</p>}
      {!ready && !isNext && (
        <ol className="max-w-[78ch] list-decimal space-y-1 ps-5 text-13">
          {(['one', 'two', 'three'] as const).map((step) => (
            <li key={step}>{t(`system.masterKey.steps.${step}`)}</li>
          ))}
        </ol>
      )}
      {ready && <RotateKey locale={locale} messages={pickMessages(locale, ['errors', 'system'])} />}
    </section>
  )
}
