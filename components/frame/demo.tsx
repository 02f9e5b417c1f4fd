import type { Words } from '@/components/i18n/words'

/** Marks every page of a demo, so that nobody takes invented numbers for real ones. */
export function Demo({ words }: { words: Words }) {
  return (
    <aside
      aria-label={words.t('common.demo')}
      title={words.t('common.demoMeaning')}
      className="bg-accent-soft px-4 py-1 text-center text-12 font-semibold text-on-accent-soft"
    >
      {words.t('common.demo')}
    </aside>
  )
}
