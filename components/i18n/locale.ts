export const LOCALES = ['en', 'zh-CN', 'ko'] as const
export type Locale = (typeof LOCALES)[number]

/** Each language in its own words, so that people find theirs on a page they cannot read. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: 'English', 'zh-CN': '简体中文', ko: '한국어' }

export const THEMES = ['light', 'dark', 'system'] as const
export type Theme = (typeof THEMES)[number]

export function pickTheme(cookie: string | undefined): Theme {
  return THEMES.find((theme) => theme === cookie) ?? 'system'
}

/** Returns the cookie's language if it is supported, else the best supported one of Accept-Language, else English. */
export function pickLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  const chosen = LOCALES.find((locale) => locale === cookie)
  return (
    chosen ??
    acceptedTags(acceptLanguage ?? '')
      .map(supportedLocale)
      .find((locale) => locale !== undefined) ??
    'en'
  )
}

function acceptedTags(header: string): string[] {
  return header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', weight] = part.trim().split(/;\s*q=/)
      return { tag: tag.toLowerCase(), weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
}

function supportedLocale(tag: string): Locale | undefined {
  return LOCALES.find((locale) => locale.slice(0, 2) === tag.split('-')[0])
}
