import type { LossStage } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import type { Entry } from './dictionary'
import { type Explanation, explain, type ReasonQuestion } from './explain'

/** A count, and the part of it that a sum elsewhere counts. Both are added up when rows are joined or split. */
interface Counted {
  count: number | null
  explained?: number | null
}

interface CodeRow extends Counted {
  code: string
  text: string
  vendors: (Counted & { vendor: Vendor; channel: Channel })[]
}

interface Explained<T> {
  row: T
  explanation: Explanation
}

/** Explanations that were made already, for a caller that explains many rows. */
export type ExplanationMemo = Map<string, Explanation>

function explainOnce(question: ReasonQuestion, memo: ExplanationMemo): Explanation {
  const { stage, vendor, channel, code, text } = question
  const key = JSON.stringify([stage, vendor, channel, code, text])
  const explanation = memo.get(key) ?? explain(question)
  memo.set(key, explanation)
  return explanation
}

/**
 * Explains a row of several vendors for each of them. Where the vendors mean different things by the code, the row is
 * split, provided that the vendors' counts add up to its own. Otherwise it stays whole, with the candidates of all.
 */
export function explainAll<T extends CodeRow>(
  stage: LossStage,
  row: T,
  memo: ExplanationMemo = new Map(),
): Explained<T>[] {
  const { code, text, vendors } = row
  if (vendors.length === 0) {
    return [{ row, explanation: explainOnce({ stage, vendor: null, channel: null, code, text }, memo) }]
  }
  const groups: { vendors: CodeRow['vendors']; explanation: Explanation }[] = []
  for (const one of vendors) {
    const explanation = explainOnce({ stage, vendor: one.vendor, channel: one.channel, code, text }, memo)
    const same = groups.find((group) => group.explanation.cause === explanation.cause)
    if (!same) groups.push({ vendors: [one], explanation })
    else {
      same.vendors.push(one)
      same.explanation = joined(same.explanation, explanation)
    }
  }
  const [first] = groups
  if (first && groups.length === 1) return [{ row, explanation: first.explanation }]
  if (row.count === null || countOf(vendors) !== row.count) {
    return [{ row, explanation: groups.map(({ explanation }) => explanation).reduce(undecided) }]
  }
  return groups.map((group) => ({
    row: { ...row, vendors: group.vendors, ...sumsOf(group.vendors) },
    explanation: group.explanation,
  }))
}

/**
 * Explains all rows of a stage, largest first. Rows of one code whose texts mean the same, in another language or in
 * other words, become one row under the most frequent text. Rows without a cause or without a code stay apart.
 */
export function explainStage<T extends CodeRow>(
  stage: LossStage,
  rows: readonly T[],
  memo: ExplanationMemo = new Map(),
): Explained<T>[] {
  const found: Explained<T>[] = []
  for (const one of rows.flatMap((row) => explainAll(stage, row, memo)).sort(byCount)) {
    const same = found.find((other) => isSame(other, one))
    if (!same) found.push(one)
    else {
      same.row = { ...same.row, ...sumsOf([same.row, one.row]), vendors: vendorsOf(same.row, one.row) }
      same.explanation = joined(same.explanation, one.explanation)
    }
  }
  return found.sort(byCount)
}

const isSame = (a: Explained<CodeRow>, b: Explained<CodeRow>): boolean =>
  a.row.code === b.row.code &&
  !a.explanation.noCode &&
  a.explanation.cause !== null &&
  a.explanation.cause === b.explanation.cause

const byCount = (a: Explained<CodeRow>, b: Explained<CodeRow>): number => (b.row.count ?? -1) - (a.row.count ?? -1)

function vendorsOf(a: CodeRow, b: CodeRow): CodeRow['vendors'] {
  const all = a.vendors.map((one) => ({ ...one }))
  for (const one of b.vendors) {
    const same = all.find(({ vendor, channel }) => vendor === one.vendor && channel === one.channel)
    if (same) Object.assign(same, sumsOf([same, one]))
    else all.push(one)
  }
  return all.sort((x, y) => (y.count ?? -1) - (x.count ?? -1))
}

/** The same cause at two vendors is as certain as the less certain of them. */
function joined(a: Explanation, b: Explanation): Explanation {
  return {
    ...a,
    confidence: a.confidence === 'certain' ? b.confidence : a.confidence,
    candidates: distinct([...a.candidates, ...b.candidates]),
    contradicting: distinct([...a.contradicting, ...b.contradicting]),
    byVendor: a.byVendor || b.byVendor,
  }
}

const undecided = (a: Explanation, b: Explanation): Explanation => ({
  ...joined(a, b),
  cause: null,
  actor: null,
  confidence: 'unknown',
  contradicting: [],
})

const distinct = (entries: Entry[]): Entry[] => [...new Set(entries)]

function sumsOf(rows: Counted[]): Counted {
  const count = countOf(rows)
  if (rows.some(({ explained }) => explained === undefined)) return { count }
  return { count, explained: countOf(rows.map(({ explained = null }) => ({ count: explained }))) }
}

/** The sum of the counts, or null as soon as one of them is unknown. */
function countOf(rows: { count: number | null }[]): number | null {
  return rows.reduce<number | null>((all, { count }) => (all === null || count === null ? null : all + count), 0)
}
