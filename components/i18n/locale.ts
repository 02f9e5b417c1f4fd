export const LOCALES = ['en', 'zh-CN', 'ko'] as const
export type Locale = (typeof LOCALES)[number]

/** Each language in its own words, so that people find theirs on a page they cannot read. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: 'English', 'zh-CN': '简体中文', ko: '한국어' }

export const THEMES = ['light', 'dark', 'system'] as const
export type Theme = (typeof THEMES)[number]

export function pickTheme(cookie: string | undefined): Theme {
  return THEMES.find((theme) => theme === cookie) ?? 'system'
}

/** Returns the language of a cookie or of `<html lang>`; null where we don't speak it. */
export function chosenLocale(name: string | undefined): Locale | null {
  return LOCALES.find((locale) => locale === name) ?? null
}

/** Whether single keys are shortcuts. Speech input can press them by accident. */
export type Keys = 'on' | 'off'

export function pickKeys(cookie: string | undefined): Keys {
  return cookie === 'off' ? 'off' : 'on'
}
