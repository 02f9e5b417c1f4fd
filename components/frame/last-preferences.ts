import { chosenLocale, LOCALES, type Locale, pickTheme, type Theme } from '@/components/i18n/locale'

interface LastPreferences {
  locale: Locale
  theme: Theme
  /** Has the fonts. */
  className: string
}

/** Where a page fails before the browser knows anything. */
export const NO_PREFERENCES: LastPreferences = { locale: 'en', theme: 'system', className: '' }

/** Returns the preferences of the page that failed. If the server could not make it, its cookies and the browser know them. */
export function lastPreferences(): LastPreferences {
  const { lang, dataset, className } = document.documentElement
  const spoken = LOCALES.find((locale) => navigator.language.startsWith(locale.slice(0, 2)))
  return {
    locale: chosenLocale(lang) ?? chosenLocale(cookie('locale')) ?? spoken ?? 'en',
    theme: pickTheme(dataset.theme ?? cookie('theme')),
    className,
  }
}

const cookie = (name: string) => new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1]
