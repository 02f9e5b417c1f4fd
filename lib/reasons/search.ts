import { ENTRIES, type Entry, TENCENT_CODES, type TencentCode } from './dictionary'
import { plain } from './words'

const WORDINGS = new Map(ENTRIES.map((entry) => [entry, [...entry.certain, ...entry.texts].map(plain)]))

/**
 * Returns at most `most` entries for what somebody typed, best first: those with the code, with the wording, with a
 * wording that contains it, and those whose description has every word.
 */
export function searchEntries(given: string, most: number): Entry[] {
  const asked = given.trim().toLowerCase()
  const whole = plain(asked)
  const words = splitWords(asked)
  if (words.length === 0) return []
  return ENTRIES.map((entry) => ({ entry, rank: rankOf(entry, asked, whole, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, most)
    .map(({ entry }) => entry)
}

function rankOf(entry: Entry, asked: string, whole: string, words: string[]): number {
  const wordings = WORDINGS.get(entry) ?? []
  if (entry.code.toLowerCase() === asked) return 4
  if (whole !== '' && wordings.includes(whole)) return 3
  if (whole !== '' && wordings.some((wording) => wording.includes(whole))) return 2
  const text = `${entry.vendor} ${entry.code} ${entry.name} ${entry.cause} ${entry.meaning}`.toLowerCase()
  return words.every((word) => text.includes(word)) ? 1 : 0
}

/** Returns codes of Tencent's own answers for what somebody typed: the code itself, then every description that fits. */
export function searchTencent(given: string, most: number): TencentCode[] {
  const asked = given.trim().toLowerCase()
  const words = splitWords(asked)
  if (words.length === 0) return []
  const own = TENCENT_CODES.filter(({ code }) => String(code) === asked)
  const text = ({ code, kind, meaning }: TencentCode) => `tencent ${code} ${kind} ${meaning}`.toLowerCase()
  const found = TENCENT_CODES.filter((one) => words.every((word) => text(one).includes(word)))
  return [...new Set([...own, ...found])].slice(0, most)
}

const splitWords = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')
