import { type Channel, KNOWN_VENDORS, type Vendor } from '@/lib/contract/vendors'
import { ENTRIES, type Entry } from './dictionary'
import { type Named, PhraseIndex } from './phrases'
import { canBeNamed, canOccur, type FailedAt } from './stages'
import { wordsOf } from './words'

/** `vendor` null: a total over all vendors. In a trace Tencent's own step counts as `ready_to_send`. */
export interface ReasonQuestion extends FailedAt {
  vendor: Vendor | null
  channel: Channel
  code: string
  text: string
}

const INDEX = new PhraseIndex(ENTRIES)
const DOCUMENTATION = { documented: 2, secondary: 1, unverified: 0 }

/** Whether one of the eight vendors is known. Without one, no entry of a vendor can be certain. */
export const hasVendor = (vendor: Vendor | null): boolean => KNOWN_VENDORS.some((one) => one === vendor)

/** A code in one width and case, without spaces around it. */
export const codeOf = (code: string): string =>
  code
    .normalize('NFKC')
    .trim()
    .replace(/^[−–—]/, '-')
    .toLowerCase()

/** Returns the entries with this code: the vendor's own and Tencent's, or everybody's where no vendor is known. */
export function entriesByCode(question: ReasonQuestion): Entry[] {
  const { vendor } = question
  const code = codeOf(question.code)
  const open = !hasVendor(vendor)
  return ENTRIES.filter((entry) => entry.code.toLowerCase() === code)
    .filter((entry) => canOccur(entry, question) && (open || isOf(entry, vendor)))
    .sort(bestFirst(vendor))
}

/** Returns what the text names, and the code where it is a word: the vendor's own entries, else everybody's. */
export function entriesByText(question: ReasonQuestion): Named[] {
  const { vendor, code, text } = question
  const read = [...INDEX.namedBy(wordsOf(text)), ...(isNumber(code) ? [] : INDEX.namedBy(wordsOf(code)))]
  const named = read.filter(
    ({ entry, by }) =>
      canBeNamed(entry, question) &&
      (by === 'reason' || entry.vendor === vendor || (by === 'word' && codeOf(entry.code) === codeOf(code))),
  )
  const own = named.filter(({ entry }) => entry.vendor === vendor)
  const order = bestFirst(vendor)
  return (own.length > 0 ? own : named).sort((a, b) => order(a.entry, b.entry))
}

export const isNumber = (code: string): boolean => /^-?\d*$/.test(codeOf(code))

const isOf = (entry: Entry, vendor: Vendor | null): boolean => entry.vendor === vendor || entry.vendor === 'tencent'

function bestFirst(vendor: Vendor | null) {
  return (a: Entry, b: Entry): number =>
    Number(b.vendor === vendor) - Number(a.vendor === vendor) ||
    DOCUMENTATION[b.confidence] - DOCUMENTATION[a.confidence]
}
