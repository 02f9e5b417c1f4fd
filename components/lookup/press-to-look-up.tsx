import type { Words } from '@/components/i18n/words'
import { Notice } from '@/components/ui/notice'

const BUTTON = 'button min-h-11 max-sm:w-full'

/**
 * Asks for a press before somebody is looked up, because a link of another site has led here. `press`: the address of the
 * answer, or what to do.
 */
export function PressToLookUp({ press, words: { t } }: { press: string | (() => void); words: Words }) {
  const action =
    typeof press === 'string' ? (
      <a href={press} className={BUTTON} data-kind="main" rel="nofollow">
        {t('lookup.press.go')}
      </a>
    ) : (
      <button type="button" className={BUTTON} data-kind="main" onClick={press}>
        {t('lookup.press.go')}
      </button>
    )
  return (
    <Notice kind="info" title={t('lookup.press.title')} action={action}>
      <p>{t('lookup.press.detail')}</p>
    </Notice>
  )
}
