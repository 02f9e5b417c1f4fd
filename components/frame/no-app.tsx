import type { Words } from '@/components/i18n/words'
import { connectHref } from '@/lib/contract/links'

/** Shows that no app is connected, or that the person has access to none. */
export function NoApp({ mayConnect = false, words }: { mayConnect?: boolean; words: Words }) {
  const { t } = words
  return (
    <section className="card mx-auto mt-8 max-w-150 space-y-3 p-6">
      <h1 className="text-20 font-semibold">{t('common.noApp.title')}</h1>
      {mayConnect ? (
        <>
          <p>{t('common.noApp.admin')}</p>
          <p>
            <a href={connectHref()} className="button min-h-10" data-kind="main">
              {t('common.noApp.connect')}
            </a>
          </p>
        </>
      ) : (
        <p>{t('common.noApp.other')}</p>
      )}
    </section>
  )
}
