import { type CandidateReply, type ReasonReply, SOURCE_TEXT } from '@/lib/contract/losses'
import { type Cause, OWNER } from './causes'
import type { Entry, Kind, TencentCode } from './dictionary'
import type { Explanation } from './explain'

/** The name of each cause in one language, the two that name none, and those of Tencent's own answers. */
export type Titles = Record<Cause | 'unknown' | 'ambiguous' | `rest_${Kind}`, string>

/** More than these help nobody to choose. */
const MOST_CANDIDATES = 6

/** What an explanation says to people. Meaning and fix are those of the likeliest entry of the cause. */
export function meaningOf({ cause, actor, confidence, candidates }: Explanation, titles: Titles): ReasonReply {
  const entry = cause === null ? undefined : candidates.find((one) => one.cause === cause)
  const open = cause === null && candidates.length > 0
  return {
    key: cause,
    title: titles[cause ?? (open ? 'ambiguous' : 'unknown')],
    meaning: entry?.meaning ?? null,
    actor,
    fix: entry?.fix ?? null,
    confidence,
    source: entry?.source ?? (cause === null ? null : SOURCE_TEXT),
    ...(open ? { candidates: candidates.slice(0, MOST_CANDIDATES).map((one) => candidateOf(one, titles)) } : {}),
  }
}

export function candidateOf(entry: Entry, titles: Titles): CandidateReply {
  const { vendor, code, name, cause, meaning, fix, source, confidence: evidence } = entry
  return { vendor, code, name, key: cause, title: titles[cause], meaning, actor: OWNER[cause], fix, source, evidence }
}

/** A code of Tencent's own answers, told like one of a loss. */
export function candidateOfTencent({ code, kind, meaning, fix, actor, source }: TencentCode, titles: Titles) {
  const [text, key] = [String(code), `rest_${kind}` as const]
  const told: CandidateReply = {
    ...{ vendor: 'tencent', code: text, name: text, key, title: titles[key] },
    // All of them are of Tencent's own pages.
    ...{ meaning, actor, fix, source, evidence: 'documented' },
  }
  return told
}
