import type { LossStage } from '@/lib/contract/records'
import type { CONFIDENCE } from '@/lib/contract/traces'
import { type Channel, KNOWN_VENDORS, type Vendor } from '@/lib/contract/vendors'
import { type Actor, type Cause, OWNER } from './causes'
import { ENTRIES, type Entry } from './dictionary'
import { causeOfText, names, plain, plainNames } from './texts'

/** `vendor` null: the upstream's stage total, over all vendors. In a trace Tencent's own step counts as `ready_to_send`. */
export interface ReasonQuestion {
  stage: LossStage
  vendor: Vendor | null
  channel: Channel
  code: string
  text: string
}

/** `cause` and `actor` null: the code is unknown, or the candidates disagree and nothing decides between them. */
export interface Explanation {
  cause: Cause | null
  actor: Actor | null
  confidence: (typeof CONFIDENCE)[number]
  /** Likeliest first. */
  candidates: Entry[]
}

/** The question in comparable form, worked out once: `word` is a code that is no number, '' otherwise. */
interface Asked extends ReasonQuestion {
  number: string
  word: string
  words: string
}

/** How well an entry fits: by vendor 2 the same, 1 possible, 0 another's; by text 2 named, 1 no text, 0 other words. */
interface Fit {
  entry: Entry
  vendor: 0 | 1 | 2
  text: 0 | 1 | 2
}

/** A code that only says that it failed leaves the word to its text: Xiaomi's 20301 comes with "invalid regid". */
const SAYS_LITTLE: readonly Cause[] = ['vendor_busy', 'vendor_unclear']

const NOTHING: Explanation = { cause: null, actor: null, confidence: 'unknown', candidates: [] }

/** Numbers collide between vendors and with Tencent's own: stage and vendor narrow, then the text decides where it can. */
export function explain(given: ReasonQuestion): Explanation {
  const word = plain(given.code)
  const question: Asked = {
    ...given,
    number: given.code.trim().toLowerCase(),
    word: /\D/.test(word) ? word : '',
    words: plain(given.text),
  }
  const fits = question.channel === 'online' ? [] : fitsOf(question)
  const told = causeOfText(question.text)
  if (fits.length === 0) return told === null ? NOTHING : decided(told, 'likely', [])
  const candidates = fits.map(({ entry }) => entry)
  const [first, ...others] = new Set(candidates.map(({ cause }) => cause))
  if (first !== undefined && others.length === 0) {
    const contradicted = told !== null && told !== first && fits.every(({ text }) => text === 0)
    if (contradicted && SAYS_LITTLE.includes(first)) return decided(told, 'likely', candidates)
    return contradicted ? { ...NOTHING, candidates } : decided(first, confidenceOf(fits, question), candidates)
  }
  if (told === null || !candidates.some(({ cause }) => cause === told)) return { ...NOTHING, candidates }
  return decided(
    told,
    'likely',
    [...candidates].sort((a, b) => Number(b.cause === told) - Number(a.cause === told)),
  )
}

function decided(cause: Cause, confidence: Explanation['confidence'], candidates: Entry[]): Explanation {
  return { cause, actor: OWNER[cause], confidence, candidates }
}

/** Certain only where a documented code came at its own stage, from its own vendor, and no other words came with it. */
function confidenceOf(fits: Fit[], question: Asked): Explanation['confidence'] {
  const sure = fits.some(
    ({ entry, vendor, text }) =>
      isCode(entry, question) &&
      text > 0 &&
      entry.confidence === 'documented' &&
      (entry.stage === 'tencent' ? question.stage === 'ready_to_send' : vendor === 2),
  )
  return sure ? 'certain' : 'likely'
}

function fitsOf(question: Asked): Fit[] {
  const here = ENTRIES.filter((entry) => question.stage === 'post_send' || entry.stage === 'tencent')
  const byCode = ranked(here.filter((entry) => isCode(entry, question)).map((entry) => fitOf(entry, question)))
  if (byCode.length > 0) return byCode
  // A code nobody wrote down may still come with a text that somebody did.
  return ranked(here.filter((entry) => names(entry, question.words)).map((entry) => fitOf(entry, question)))
}

function isCode(entry: Entry, question: Asked): boolean {
  const { number } = question
  return number !== '' && (number === entry.code.toLowerCase() || isWord(entry, question))
}

/** Google's and OPPO's reasons are words, so a code may be an entry's name. */
function isWord(entry: Entry, { word }: Asked): boolean {
  return word !== '' && word === plainNames(entry)[0]
}

function fitOf(entry: Entry, question: Asked): Fit {
  const { vendor, words } = question
  const told = names(entry, words) || isWord(entry, question)
  return { entry, vendor: vendorFit(entry, vendor), text: told ? 2 : words === '' ? 1 : 0 }
}

function vendorFit(entry: Entry, vendor: Vendor | null): Fit['vendor'] {
  if (entry.vendor === vendor) return 2
  const named = KNOWN_VENDORS.some((one) => one === vendor)
  return entry.vendor === 'tencent' || !named ? 1 : 0
}

/** Another vendor's meaning counts only where the text names it; once a text names one, the unnamed are out. */
function ranked(fits: Fit[]): Fit[] {
  const possible = fits.filter(({ vendor, text }) => vendor > 0 || text === 2)
  const named = possible.filter(({ text }) => text === 2)
  const known = { documented: 2, secondary: 1, unverified: 0 }
  return (named.length > 0 ? ownFirst(named) : possible).sort(
    (a, b) => b.vendor - a.vendor || known[b.entry.confidence] - known[a.entry.confidence],
  )
}

/** Where the vendor's own entry is named, what others call the same is beside the point. */
function ownFirst(named: Fit[]): Fit[] {
  const own = named.filter(({ vendor }) => vendor === 2)
  return own.length > 0 ? own : named
}
