import { EVIDENCE } from '@/lib/contract/losses'
import type { CONFIDENCE } from '@/lib/contract/traces'
import { codeOf, entriesByCode, entriesByText, hasVendor, type ReasonQuestion } from './candidates'
import { type Actor, type Cause, GENERIC_CAUSES, OWNER } from './causes'
import type { Entry } from './dictionary'
import { causeOfText } from './free-text'
import type { Named } from './phrases'
import { isPossible } from './stages'
import { plain } from './words'

export type { ReasonQuestion } from './candidates'

type Confidence = (typeof CONFIDENCE)[number]

/** `cause` and `actor` null: the code is unknown, or the candidates disagree and nothing decides between them. */
export interface Explanation {
  cause: Cause | null
  actor: Actor | null
  confidence: Confidence
  /** Likeliest first: what the text names, then what the code stands for. */
  candidates: Entry[]
  /** What the code stands for where the text says something else. The text decides; both are shown. */
  contradicting: Entry[]
  /** No vendor is known. The candidates are those of all vendors, and no single meaning applies. */
  byVendor: boolean
  /** Tencent counted these pushes without a code. */
  noCode: boolean
}

interface Evidence {
  question: ReasonQuestion
  /** Entries with the code. */
  byCode: Entry[]
  /** Entries that the text names. */
  byText: Named[]
  /** The text names entries of several causes. */
  mixed: boolean
  /** What the text means by its words alone, where that is possible at this stage. */
  freeCause: Cause | null
}

/** Explains a code. Vendors use the same numbers, so the text decides first, then stage, vendor and code. */
export function explain(question: ReasonQuestion): Explanation {
  const online = question.channel === 'online'
  const byCode = online ? [] : entriesByCode(question)
  const named = online ? [] : entriesByText(question)
  const free = causeOfText(question.text)
  const freeCause = free !== null && isPossible(free, question) ? free : null
  const best = bestKnown(specific(named))
  const byText = agreeing(best, byCode)
  const evidence = { question, byCode, byText, mixed: causesOf(best).length > 1, freeCause }
  if (byText.length > 0 && !addsCause(freeCause, byText)) return fromText(evidence)
  return byCode.length > 0 ? fromCode(evidence) : fromFreeText(evidence)
}

/** Whether the rest of the text has a cause, where the entries it names only say that something failed. */
function addsCause(freeCause: Cause | null, named: Named[]): boolean {
  if (freeCause === null || GENERIC_CAUSES.includes(freeCause)) return false
  return named.every(({ entry }) => GENERIC_CAUSES.includes(entry.cause) && causeOfText(entry.name) !== freeCause)
}

/** Of several entries that a text names, those that also have the code, if there are any. */
function agreeing(named: Named[], byCode: Entry[]): Named[] {
  const both = named.filter(({ entry }) => byCode.includes(entry))
  return both.length > 0 ? both : named
}

/** Of several entries that a text names, those that say more than that something failed, if there are any. */
function specific(named: Named[]): Named[] {
  const rest = named.filter(({ entry }) => !GENERIC_CAUSES.includes(entry.cause))
  return rest.length > 0 ? rest : named
}

/** Of several entries that disagree, those of the best source: FCM's own reason before a general status. */
function bestKnown(named: Named[]): Named[] {
  if (causesOf(named).length < 2) return named
  const best = EVIDENCE.find((one) => named.some(({ entry }) => entry.confidence === one))
  return named.filter(({ entry }) => entry.confidence === best)
}

function fromText(evidence: Evidence): Explanation {
  const { byText, freeCause } = evidence
  const entries = byText.map(({ entry }) => entry)
  const causes = causesOf(byText)
  const [first] = causes
  const cause = causes.length === 1 ? first : causes.find((one) => one === freeCause)
  if (cause === undefined) return undecided(evidence, entries)
  const lead = entries.filter((entry) => entry.cause === cause)
  return decided(evidence, cause, lead, confidenceOfText(evidence))
}

function fromCode(evidence: Evidence): Explanation {
  const { byCode, freeCause, question } = evidence
  const causes = [...new Set(byCode.map(({ cause }) => cause))]
  const [first] = causes
  // "System busy" beside a code that says more is no contradiction, except where the number is shared by many.
  const vague = freeCause !== null && GENERIC_CAUSES.includes(freeCause) && !isSharedStatus(question.code)
  if (freeCause !== null && !(vague && causes.length === 1)) return decided(evidence, freeCause, [], 'likely')
  if (first === undefined || causes.length > 1 || standsAlone(evidence)) return undecided(evidence, [])
  return decided(evidence, first, [], question.text.trim() === '' ? confidenceOfCode(evidence) : 'likely')
}

/** Numbers that vendors share because they come from HTTP. */
const isSharedStatus = (code: string): boolean => /^[45]\d\d$/.test(codeOf(code))

function fromFreeText(evidence: Evidence): Explanation {
  const { freeCause } = evidence
  return freeCause === null ? undecided(evidence, []) : decided(evidence, freeCause, [], 'likely')
}

/** Without a vendor, a code that only one vendor uses says nothing about the others. */
function standsAlone({ question, byCode }: Evidence): boolean {
  if (hasVendor(question.vendor) || byCode.some(({ vendor }) => vendor === 'tencent')) return false
  return new Set(byCode.map(({ vendor }) => vendor)).size < 2
}

/** Certain: the code and a wording of the same entry, documented for this vendor and stage. */
function confidenceOfText({ question, byCode, byText, mixed }: Evidence): Confidence {
  const sure = byText.some(
    ({ entry, certain }) =>
      (byCode.includes(entry) || isItsName(entry, question.code)) &&
      isOwn(entry, question) &&
      (entry.confidence === 'documented' || (certain && entry.confidence === 'secondary')),
  )
  return sure && !mixed ? 'certain' : 'likely'
}

function confidenceOfCode({ question, byCode }: Evidence): Confidence {
  const sure = byCode.some((entry) => entry.confidence === 'documented' && isOwn(entry, question))
  return sure ? 'certain' : 'likely'
}

/** Google's and OPPO's reasons are words, so a code may be an entry's name. */
const isItsName = (entry: Entry, code: string): boolean => plain(entry.name) === plain(code)

const isOwn = ({ stage, vendor }: Entry, question: ReasonQuestion): boolean =>
  stage === 'tencent' ? question.stage === 'ready_to_send' : vendor === question.vendor

/** `lead` are the entries that named the cause. Another vendor's come after what the code stands for. */
function decided(evidence: Evidence, cause: Cause, lead: Entry[], confidence: Confidence): Explanation {
  const same = evidence.byCode.filter((entry) => entry.cause === cause)
  const others = evidence.byCode.filter((entry) => entry.cause !== cause)
  const agrees = same.length > 0 || lead.some((entry) => evidence.byCode.includes(entry))
  const isOurs = lead.some((one) => one.vendor === evidence.question.vendor || evidence.byCode.includes(one))
  const named = isOurs ? lead : [...same, ...lead]
  const candidates = [...new Set(agrees && lead.length > 0 ? named : [...lead, ...same, ...others])]
  return {
    ...circumstancesOf(evidence),
    cause,
    actor: OWNER[cause],
    confidence,
    candidates,
    contradicting: agrees ? [] : others,
  }
}

function undecided(evidence: Evidence, lead: Entry[]): Explanation {
  const candidates = [...new Set([...lead, ...evidence.byCode])]
  return {
    ...circumstancesOf(evidence),
    cause: null,
    actor: null,
    confidence: 'unknown',
    candidates,
    contradicting: [],
  }
}

const circumstancesOf = ({ question }: Evidence) => ({
  byVendor: !hasVendor(question.vendor),
  noCode: question.code.trim() === '',
})

const causesOf = (named: Named[]): Cause[] => [...new Set(named.map(({ entry }) => entry.cause))]
