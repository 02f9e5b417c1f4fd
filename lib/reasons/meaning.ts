import type { CandidateReply, ReasonReply } from '@/lib/contract/losses'
import { SOURCE_TEXT } from '@/lib/contract/source-name'
import { type Cause, OWNER } from './causes'
import type { Entry, Kind, TencentCode } from './dictionary'
import type { Explanation } from './explain'

/** Titles in one language: of each cause, of no cause, and of Tencent's own answers. */
export type Titles = Record<Cause | 'unknown' | 'ambiguous' | 'no_code' | `rest_${Kind}`, string>

/** More candidates than this do not help to choose. */
const MOST_CANDIDATES = 6

const NO_CODE = 'Tencent counted these pushes without a code, so the reason is unknown.'

/**
 * Returns what people read about an explanation. Meaning and fix are those of the likeliest entry of the cause.
 * Without a vendor they are null and the candidates carry them, because no vendor's meaning holds for all.
 */
export function meaningOf(explanation: Explanation, titles: Titles): ReasonReply {
  const { cause, actor, confidence, candidates, contradicting, noCode } = explanation
  const entry = cause === null ? undefined : candidates.find((one) => one.cause === cause)
  const open = cause === null || isByVendor(explanation) || contradicting.length > 0
  const shown = open ? candidatesOf(explanation) : []
  return {
    key: cause,
    title: titles[cause ?? (shown.length > 0 ? 'ambiguous' : noCode ? 'no_code' : 'unknown')],
    meaning: meaningText(explanation, entry) ?? (cause === null && noCode ? NO_CODE : null),
    actor,
    fix: isByVendor(explanation) ? null : (entry?.fix ?? null),
    confidence,
    source: entry?.source ?? (cause === null ? null : SOURCE_TEXT),
    ...(shown.length > 0 ? { candidates: shown.map((one) => candidateOf(one, titles)) } : {}),
  }
}

/** Tencent's own codes mean the same at every vendor; only those of vendors stand for themselves. */
const isByVendor = ({ byVendor, candidates }: Explanation): boolean =>
  byVendor && candidates.some(({ vendor }) => vendor !== 'tencent')

/** Text and code each get a sentence where they disagree. */
function meaningText(explanation: Explanation, entry: Entry | undefined): string | null {
  if (isByVendor(explanation)) return null
  const { contradicting } = explanation
  const [other] = contradicting
  if (!other) return entry?.meaning ?? null
  const several = contradicting.some(({ cause }) => cause !== other.cause)
  const code = several ? 'can mean several other things.' : `means something else: ${other.meaning}`
  return `${entry?.meaning ?? 'The text names this reason.'} The text and the code disagree. Code ${other.code} alone ${code}`
}

/** Each cause is among those shown, however many entries share the first one. */
function candidatesOf({ candidates }: Explanation): Entry[] {
  const first = candidates.filter((one, i) => candidates.findIndex(({ cause }) => cause === one.cause) === i)
  return [...new Set([...first, ...candidates])].slice(0, MOST_CANDIDATES)
}

export function candidateOf(entry: Entry, titles: Titles): CandidateReply {
  const { vendor, code, name, cause, meaning, fix, source, confidence: evidence } = entry
  return { vendor, code, name, key: cause, title: titles[cause], meaning, actor: OWNER[cause], fix, source, evidence }
}

/** Returns a code of Tencent's own answers in the form of a candidate. All of them are from Tencent's own pages. */
export function candidateOfTencent({ code, kind, meaning, fix, actor, source }: TencentCode, titles: Titles) {
  const key = `rest_${kind}` as const
  const reply: CandidateReply = {
    vendor: 'tencent',
    code: String(code),
    name: String(code),
    key,
    title: titles[key],
    meaning,
    actor,
    fix,
    source,
    evidence: 'documented',
  }
  return reply
}
