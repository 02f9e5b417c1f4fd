import type { CandidateReply, ReasonReply } from '@/lib/contract/losses'
import { type Cause, OWNER } from './causes'
import type { Entry } from './dictionary'
import type { Explanation } from './explain'

/** The name of each cause in one language, and the two that name none. */
export type Titles = Record<Cause | 'unknown' | 'ambiguous', string>

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
    source: entry?.source ?? null,
    ...(open ? { candidates: candidates.slice(0, MOST_CANDIDATES).map((one) => candidateOf(one, titles)) } : {}),
  }
}

export function candidateOf(entry: Entry, titles: Titles): CandidateReply {
  const { vendor, code, name, cause, meaning, fix, source } = entry
  return { vendor, code, name, key: cause, title: titles[cause], meaning, actor: OWNER[cause], fix, source }
}
