import type { SentenceReply, VerdictReply } from '@/lib/contract/traces'
import type { Sentence, Verdict } from './verdict-types'

/** The texts of one language: its messages `verdicts` and `vendors`. */
export interface VerdictWords {
  verdicts: Record<string, string>
  vendors: Record<string, { name: string }>
}

/** Fills in the sentences of a verdict for a reply. A key without a text is shown as it is. */
export function fillVerdict(words: VerdictWords, verdict: Verdict): VerdictReply {
  const { also, confidence, evidence, next, actor, values } = verdict
  const filled = (line: Sentence) => fillSentence(words, line)
  return {
    ...filled(verdict),
    text: [verdict, ...also].map((line) => fill(words, line)).join(' '),
    also: also.map(filled),
    confidence,
    evidence: evidence.map(filled),
    next: filled({ key: next, values }),
    actor,
  }
}

/** Fills in one sentence for a reply. */
export function fillSentence(words: VerdictWords, { key, values }: Sentence): SentenceReply {
  return { key, values, text: fill(words, { key, values }) }
}

/** Replaces placeholders in one pass, so that a value that looks like a placeholder stays as it is. */
function fill(words: VerdictWords, { key, values }: Sentence): string {
  return (words.verdicts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return name === 'vendor' ? vendorName(words, value) : name === 'ago' ? spanText(Number(value)) : value
  })
}

/** Returns the vendor's name. A vendor without one is called by its number. */
function vendorName({ vendors }: VerdictWords, vendor: string): string {
  const named = vendors[vendor]?.name
  const unnamed = vendors.unnamed?.name ?? '{n}'
  return named ?? unnamed.replace('{n}', vendor.replace('platform_', ''))
}

/** Formats milliseconds in the largest useful unit. */
function spanText(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} d`
}
