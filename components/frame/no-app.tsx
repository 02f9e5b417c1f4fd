import type { Words } from '@/components/i18n/words'

/** Shows that no app is connected, or that the person has access to none. */
export function NoApp({ words }: { words: Words }) {
  return (
    <section className="card mx-auto mt-8 max-w-150 space-y-3 p-6">
      <h1 className="text-20 font-semibold">{words.t('common.noApp.title')}</h1>
      <p>{words.t('common.noApp.admin')}</p>
      <p className="text-second">{words.t('common.noApp.other')}</p>
    </section>
  )
}
