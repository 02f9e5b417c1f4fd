import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useId } from 'react'
import { LANGUAGE_NAMES, LOCALES } from '@/components/i18n/locale'
import type { Words } from '@/components/i18n/words'

interface Props {
  /** The part of the address after #, with the #. */
  hash: string
  words: Words
}

/**
 * Chooses the language by the address, because a shared view keeps no cookie. The router gets an address without the
 * secret, which is put back once the texts have arrived.
 */
export function LanguageChoice({ hash, words }: Props) {
  const id = useId()
  const router = useRouter()
  const path = usePathname()
  const { t, locale } = words
  useEffect(() => {
    document.documentElement.lang = locale
    if (location.hash !== hash && hash !== '') {
      history.replaceState(history.state, '', `${location.pathname}${location.search}${hash}`)
    }
  }, [locale, hash])
  return (
    <div className="needs-script no-print">
      <label htmlFor={id} className="sr-only">
        {t('shared.language')}
      </label>
      <select
        id={id}
        className="field w-auto text-13"
        value={locale}
        onChange={(event) => router.replace(`${path}?lang=${event.target.value}`, { scroll: false })}
      >
        {LOCALES.map((one) => (
          <option key={one} value={one} lang={one}>
            {LANGUAGE_NAMES[one]}
          </option>
        ))}
      </select>
    </div>
  )
}
