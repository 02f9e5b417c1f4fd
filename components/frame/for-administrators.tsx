import type { Words } from '@/components/i18n/words'

/** Says that the page needs an administrator of all apps, and who can help. */
export function ForAdministrators({ page, words: { t } }: { page: 'people' | 'audit' | 'retention'; words: Words }) {
  return (
    <section className="card mx-auto mt-8 max-w-150 space-y-3 p-6">
      <h1 className="text-20 font-semibold">{t('common.forbidden.title')}</h1>
      <p>{t(`settings.forbidden.${page}`)}</p>
      <p>{t('settings.forbidden.who')}</p>
    </section>
  )
}
