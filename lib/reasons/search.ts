import { ENTRIES, type Entry, TENCENT_CODES, type TencentCode } from './dictionary'
import { plain, plainNames } from './texts'

/** Entries that fit what somebody typed, best first: the code itself, then names, then meanings that hold every word. */
export function searchEntries(given: string, most: number): Entry[] {
  const asked = given.trim().toLowerCase()
  const whole = plain(asked)
  const words = asked.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return []
  return ENTRIES.map((entry) => ({ entry, rank: rankOf(entry, asked, whole, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, most)
    .map(({ entry }) => entry)
}

function rankOf(entry: Entry, asked: string, whole: string, words: string[]): number {
  if (entry.code.toLowerCase() === asked) return 4
  if (whole !== '' && plainNames(entry).includes(whole)) return 3
  if (whole !== '' && plainNames(entry).some((name) => name.includes(whole))) return 2
  const text = `${entry.vendor} ${entry.code} ${entry.name} ${entry.cause} ${entry.meaning}`.toLowerCase()
  return words.every((word) => text.includes(word)) ? 1 : 0
}

/** Codes of Tencent's own answers that fit what somebody typed: the code itself, else meanings that hold every word. */
export function searchTencent(given: string, most: number): TencentCode[] {
  const asked = given.trim().toLowerCase()
  const words = asked.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return []
  const own = TENCENT_CODES.filter(({ code }) => String(code) === asked)
  const text = ({ code, kind, meaning }: TencentCode) => `tencent ${code} ${kind} ${meaning}`.toLowerCase()
  const found = TENCENT_CODES.filter((one) => words.every((word) => text(one).includes(word)))
  return [...new Set([...own, ...found])].slice(0, most)
}
