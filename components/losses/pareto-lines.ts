import type { Grouping } from '@/lib/contract/links'
import type { ReasonRow } from '@/lib/contract/losses'

/** One line of the Pareto: one reason, or several that share a cause or an owner. */
export interface ParetoLine {
  key: string
  /** What the reasons have in common: a cause or an owner; null where nobody knows it. */
  group: string | null
  count: number | null
  share: number | null
  cumulative: number | null
  change: ReasonRow['change']
  rows: ReasonRow[]
}

export const rowKey = ({ code, text, reason }: ReasonRow) => JSON.stringify([code, text, reason.key])

/** Reasons as lines, largest first and those people know of behind them, each with its share of `lost`, or of all codes where they exceed it. */
export function paretoLines(reasons: readonly ReasonRow[], grouping: Grouping, lost: number | null): ParetoLine[] {
  const groups = new Map<string, ReasonRow[]>()
  for (const row of reasons) {
    const key = keyOf(row, grouping)
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  const all = [...groups].map(([key, rows]) => lineOf(key, rows, grouping)).sort((a, b) => rank(b) - rank(a))
  const lines = [...all.filter((line) => !isQuiet(line)), ...all.filter(isQuiet)]
  const known = lines.reduce((sum, { count }) => sum + (count ?? 0), 0)
  const whole = Math.max(lost ?? 0, known)
  let reached = 0
  return lines.map((line) => {
    reached += line.count ?? 0
    const part = (n: number) => (line.count === null || whole === 0 ? null : n / whole)
    return { ...line, share: part(line.count ?? 0), cumulative: part(reached) }
  })
}

function keyOf(row: ReasonRow, grouping: Grouping): string {
  if (grouping === 'owner') return row.reason.actor ?? ''
  // What nobody can name stays apart: two unknown codes have nothing in common.
  return grouping === 'cause' && row.reason.key !== null ? row.reason.key : rowKey(row)
}

function lineOf(key: string, rows: ReasonRow[], grouping: Grouping): ParetoLine {
  const known = rows.filter(({ count }) => count !== null)
  const count = known.length === 0 ? null : known.reduce((sum, row) => sum + (row.count ?? 0), 0)
  const [first] = rows
  const group = grouping === 'owner' ? (first?.reason.actor ?? null) : (first?.reason.key ?? null)
  return { key, group, count, share: null, cumulative: null, change: changeOf(rows), rows }
}

/** All of it is known, and none of it has doubled. */
const isQuiet = ({ rows }: ParetoLine): boolean => rows.every(({ known }) => known !== null && !known.doubled)

/** Of several reasons only where each is told. */
function changeOf(rows: ReasonRow[]): ReasonRow['change'] {
  const told = rows.flatMap(({ change }) => change ?? [])
  if (told.length < rows.length) return null
  return told.reduce((all, one) => ({ count: all.count + one.count, before: all.before + one.before }))
}

const rank = ({ count }: { count: number | null }) => count ?? -1

const EIGHTY = 0.8
/** Without a line at 80 %, since much is unexplained, a list still does not go on for ever. */
const MOST_SHOWN = 12

/** The lines that make up 80 % and the rest, which folds; a single one is not worth a fold. */
export function foldLines(lines: readonly ParetoLine[]): { head: ParetoLine[]; rest: ParetoLine[]; eighty: boolean } {
  const at = lines.findIndex(({ cumulative }) => cumulative !== null && cumulative >= EIGHTY)
  const eighty = at >= 0 && at < lines.length - 1
  const cut = eighty ? at + 1 : MOST_SHOWN
  return lines.length - cut <= 1 && !eighty
    ? { head: [...lines], rest: [], eighty }
    : { head: lines.slice(0, cut), rest: lines.slice(cut), eighty }
}

export interface Part {
  vendor: string
  channel: 'offline' | 'online' | null
  count: number
  /** Of the line's bar. */
  width: number
}

/** Which vendors a line's count is made of, the largest first; what they leave of it belongs to nobody. */
export function vendorParts({ count, rows }: Pick<ParetoLine, 'count' | 'rows'>): Part[] {
  const parts: Part[] = []
  for (const one of rows.flatMap(({ vendors }) => vendors)) {
    const same = parts.find(({ vendor, channel }) => vendor === one.vendor && channel === one.channel)
    if (same) same.count += one.count ?? 0
    else parts.push({ vendor: one.vendor, channel: one.channel, count: one.count ?? 0, width: 0 })
  }
  const whole = Math.max(
    count ?? 0,
    parts.reduce((sum, part) => sum + part.count, 0),
  )
  return parts
    .map((part) => ({ ...part, width: whole === 0 ? 0 : part.count / whole }))
    .sort((a, b) => b.count - a.count)
}
