import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import type { AppReply } from '@/lib/contract/apps'
import { Connect } from './connect'

/** Renders the page that connects an app. `draft` is an app whose connection was begun. */
export function ConnectPage({ draft, words }: { draft: AppReply | null; words: Words }) {
  const { t, locale } = words
  return (
    <div className="card mx-auto max-w-180 p-5 sm:p-6">
      <h1 className="text-20 font-semibold">{t('apps.connect')}</h1>
      <p className="mt-1 mb-5 text-second">{t('apps.connecting.lead')}</p>
      <Connect draft={draft} locale={locale} messages={pickMessages(locale, ['apps', 'errors', 'system'])} />
      <noscript>
        <p>{t('apps.script')}</p>
      </noscript>
    </div>
  )
}
