import { ENTRIES, tencentCodeOf } from './dictionary'
import { plain, plainNames } from './texts'

/** Whether the dictionary has this as a code, or as the exact words that come with one, in any case. */
export function isKnownCode(text: string): boolean {
  if (/^\d{4,6}$/.test(text) && tencentCodeOf(Number(text)) !== null) return true
  const [code, words] = [text.toLowerCase(), plain(text)]
  return ENTRIES.some(
    (entry) => entry.code.toLowerCase() === code || (words.length > 5 && plainNames(entry).includes(words)),
  )
}
