import { ENTRIES, tencentCodeOf } from './dictionary'
import { plain } from './words'

/** Words shorter than this may be anybody's UserID. */
const SHORTEST_WORDING = 6

const CODES = new Set(ENTRIES.map(({ code }) => code.toLowerCase()))
const WORDINGS = new Set(ENTRIES.flatMap(({ certain, texts }) => [...certain, ...texts].map(plain)))

/** Returns whether the dictionary has this as a code, or as a whole wording of a code in any case. */
export function isDictionaryCode(text: string): boolean {
  if (/^\d{4,6}$/.test(text) && tencentCodeOf(Number(text)) !== null) return true
  const words = plain(text)
  return CODES.has(text.toLowerCase()) || (words.length >= SHORTEST_WORDING && WORDINGS.has(words))
}
