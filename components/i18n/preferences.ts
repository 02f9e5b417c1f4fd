import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { localeOfHeader } from './accept-language'
import { chosenLocale, type Locale, pickTheme, type Theme } from './locale'
import { messagesOf } from './messages'
import { createWords, type Words } from './words'

export interface Preferences {
  locale: Locale
  theme: Theme
  words: Words
}

/** Returns language and theme of this request, from its cookies and Accept-Language. */
export const preferences = cache(async (): Promise<Preferences> => {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const locale = chosenLocale(jar.get('locale')?.value) ?? localeOfHeader(head.get('accept-language'))
  return { locale, theme: pickTheme(jar.get('theme')?.value), words: createWords(locale, messagesOf(locale)) }
})
