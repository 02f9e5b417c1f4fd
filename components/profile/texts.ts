import type { Locale } from '@/components/i18n/locale'
import type { Messages } from '@/components/i18n/words'

/** What each form of the page receives to speak the person's language. */
export interface Texts {
  locale: Locale
  messages: Partial<Messages>
}
