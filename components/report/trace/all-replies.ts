import 'server-only'
import { LANGUAGE_NAMES, LOCALES } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import type { Replies } from './replies'

/** Returns the replies in all languages of the interface. */
export function allReplies(): Replies {
  return LOCALES.map((locale) => ({ locale, name: LANGUAGE_NAMES[locale], texts: messagesOf(locale).replies }))
}
