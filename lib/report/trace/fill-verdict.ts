import type { SentenceReply, VerdictReply } from '@/lib/contract/traces'
import type { Sentence, Verdict } from './verdict-types'

/** The words of one language: its messages `verdicts` and `vendors`. */
export interface VerdictWords {
  verdicts: Record<string, string>
  vendors: Record<string, { name: string }>
}

/** The verdict with its sentences filled in, for the answer. A key without words shows as itself. */
export function fillVerdict(words: VerdictWords, verdict: Verdict): VerdictReply {
  const { confidence, evidence, next, actor, values } = verdict
  const told = (line: Sentence): SentenceReply => ({ key: line.key, values: line.values, text: fill(words, line) })
  return { ...told(verdict), confidence, evidence: evidence.map(told), next: told({ key: next, values }), actor }
}

/** One pass, so that a value that looks like a placeholder stays as it is. */
function fill(words: VerdictWords, { key, values }: Sentence): string {
  return (words.verdicts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return name === 'vendor' ? vendorName(words, value) : name === 'ago' ? spanText(Number(value)) : value
  })
}

/** A vendor without a name of its own is called by its number. */
function vendorName({ vendors }: VerdictWords, vendor: string): string {
  const named = vendors[vendor]?.name
  const unnamed = vendors.unnamed?.name ?? '{n}'
  return named ?? unnamed.replace('{n}', vendor.replace('platform_', ''))
}

/** Milliseconds in the largest unit that says something. */
function spanText(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} d`
}
