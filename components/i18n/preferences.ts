import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { localeOfHeader } from './accept-language'
import { chosenLocale, type Keys, type Locale, pickKeys, pickTheme, type Theme } from './locale'
import { messagesOf } from './messages'
import { createWords, type Words } from './words'

export interface Preferences {
  locale: Locale
  theme: Theme
  /** Whether keys such as D or / do something by themselves. */
  keys: Keys
  words: Words
}

/** Returns language, theme and keys of this request, from its cookies and Accept-Language. */
export const preferences = cache(async (): Promise<Preferences> => {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const locale = chosenLocale(jar.get('locale')?.value) ?? localeOfHeader(head.get('accept-language'))
  return {
    locale,
    theme: pickTheme(jar.get('theme')?.value),
    keys: pickKeys(jar.get('keys')?.value),
    words: createWords(locale, messagesOf(locale)),
  }
})
