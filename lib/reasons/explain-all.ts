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

interface Explained<T> {
  row: T
  explanation: Explanation
}

/**
 * A row of several vendors, explained for each of them. Where they mean different things by one code the row is split,
 * provided that the vendors make up its count; else it stays whole and undecided, with the candidates of all.
 */
export function explainAll<T extends Counted>(stage: LossStage, row: T): Explained<T>[] {
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

/**
 * All rows of a stage, explained, largest first. A code whose texts mean the same, in another language or in other
 * words, is one row under its most frequent text; what nobody can tell stays apart.
 */
export function explainStage<T extends Counted>(stage: LossStage, rows: readonly T[]): Explained<T>[] {
  const found: Explained<T>[] = []
  for (const one of rows.flatMap((row) => explainAll(stage, row)).sort(byCount)) {
    const { cause } = one.explanation
    const same = found.find(({ row, explanation }) => row.code === one.row.code && explanation.cause === cause)
    if (!same || cause === null) found.push(one)
    else {
      same.row = { ...same.row, count: sumOf([same.row, one.row]), vendors: vendorsOf(same.row, one.row) }
      same.explanation = joined(same.explanation, one.explanation)
    }
  }
  return found.sort(byCount)
}

const byCount = (a: Explained<Counted>, b: Explained<Counted>): number => (b.row.count ?? -1) - (a.row.count ?? -1)

function vendorsOf(a: Counted, b: Counted): Counted['vendors'] {
  const all = a.vendors.map((one) => ({ ...one }))
  for (const one of b.vendors) {
    const same = all.find(({ vendor, channel }) => vendor === one.vendor && channel === one.channel)
    if (same) same.count = sumOf([same, one])
    else all.push(one)
  }
  return all.sort((x, y) => (y.count ?? -1) - (x.count ?? -1))
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
