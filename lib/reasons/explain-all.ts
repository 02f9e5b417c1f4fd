import type { LossStage } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import type { Entry } from './dictionary'
import { type Explanation, explain } from './explain'

interface Counted {
  code: string
  text: string
  count: number | null
  vendors: { vendor: Vendor; channel: Channel; count: number | null }[]
}

/**
 * A row of several vendors, explained for each of them. Where they mean different things by one code the row is split,
 * provided that the vendors make up its count; else it stays whole and undecided, with the candidates of all.
 */
export function explainAll<T extends Counted>(stage: LossStage, row: T): { row: T; explanation: Explanation }[] {
  const { code, text, vendors } = row
  if (vendors.length === 0) {
    return [{ row, explanation: explain({ stage, vendor: null, channel: null, code, text }) }]
  }
  const groups: { vendors: Counted['vendors']; explanation: Explanation }[] = []
  for (const one of vendors) {
    const explanation = explain({ stage, vendor: one.vendor, channel: one.channel, code, text })
    const same = groups.find((group) => group.explanation.cause === explanation.cause)
    if (!same) groups.push({ vendors: [one], explanation })
    else {
      same.vendors.push(one)
      same.explanation = joined(same.explanation, explanation)
    }
  }
  const [first] = groups
  if (first && groups.length === 1) return [{ row, explanation: first.explanation }]
  if (row.count === null || sumOf(vendors) !== row.count) {
    return [{ row, explanation: undecided(groups.map(({ explanation }) => explanation)) }]
  }
  return groups.map((group) => ({
    row: { ...row, vendors: group.vendors, count: sumOf(group.vendors) },
    explanation: group.explanation,
  }))
}

/** The same cause at two vendors is as certain as the less certain of them. */
function joined(a: Explanation, b: Explanation): Explanation {
  const confidence = a.confidence === 'certain' ? b.confidence : a.confidence
  return { ...a, confidence, candidates: distinct([...a.candidates, ...b.candidates]) }
}

function undecided(all: Explanation[]): Explanation {
  const candidates = distinct(all.flatMap((one) => one.candidates))
  return { cause: null, actor: null, confidence: 'unknown', candidates }
}

const distinct = (entries: Entry[]): Entry[] => [...new Set(entries)]

function sumOf(rows: { count: number | null }[]): number | null {
  return rows.reduce<number | null>((all, { count }) => (all === null || count === null ? null : all + count), 0)
}
