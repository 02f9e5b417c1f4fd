import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import type { AppReply } from '@/lib/contract/apps'
import { connectHref } from '@/lib/contract/links'
import { AppsList } from './apps-list'

/** Lists all apps with their state, for administrators of all apps. */
export function AppsPage({ apps, words }: { apps: AppReply[]; words: Words }) {
  const { t, locale } = words
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="text-20 font-semibold">{t('apps.title')}</h1>
          <p className="text-second">{t('apps.lead')}</p>
        </div>
        <a href={connectHref()} className="button min-h-10" data-kind="main">
          {t('apps.connect')}
        </a>
      </div>
      {apps.length === 0 ? (
        <p className="card p-5">{t('apps.none')}</p>
      ) : (
        <AppsList apps={apps} locale={locale} messages={pickMessages(locale, ['apps', 'errors'])} />
      )}
    </>
  )
}
