import type { Locale } from '../locale'
import { messagesOf } from '../messages'
import { createWords, type Words } from '../words'

/** Returns all texts of one language. */
export function wordsIn(locale: Locale = 'en'): Words {
  return createWords(locale, messagesOf(locale))
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&amp;': '&' }

/** Returns what a person reads: no tags, one space between words, and a plain space in percentages. */
export function visibleText(markup: string): string {
  return markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(?:lt|gt|quot|#x27|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[\s\u202f]+/g, ' ')
}
