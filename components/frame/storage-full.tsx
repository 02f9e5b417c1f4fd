import type { Words } from '@/components/i18n/words'
import { Notice } from '@/components/ui/notice'

/** Shows above every page that nothing can be stored, what that means, and what to do. */
export function StorageFull({ words: { t } }: { words: Words }) {
  return (
    <div className="mb-4">
      <Notice kind="bad" title={t('errors.storage_full.title')}>
        <p>{t('errors.storage_full.detail')}</p>
      </Notice>
    </div>
  )
}
