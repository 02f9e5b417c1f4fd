import 'server-only'
import { match } from '@formatjs/intl-localematcher'
import Negotiator from 'negotiator'
import type { Locale } from './locale'

/** We have no Traditional Chinese. Its readers get Simplified Chinese rather than English. */
const SPOKEN: Record<string, Locale> = { en: 'en', 'zh-CN': 'zh-CN', 'zh-Hant': 'zh-CN', ko: 'ko' }
const MAX_HEADER_LENGTH = 500

/** Returns the language we speak that fits an Accept-Language header best, by its weights; English where none does. */
export function localeOfHeader(acceptLanguage: string | null): Locale {
  const headers = { 'accept-language': acceptLanguage?.slice(0, MAX_HEADER_LENGTH) }
  const wanted = new Negotiator({ headers }).languages().filter(isLanguageTag)
  return SPOKEN[match(wanted, Object.keys(SPOKEN), 'en')] ?? 'en'
}

/** The matcher throws for anything else, such as `*` or `ko_KR`. */
function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}
