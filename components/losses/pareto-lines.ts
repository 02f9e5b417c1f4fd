import type { Grouping } from '@/lib/contract/links'
import type { ReasonRow } from '@/lib/contract/losses'

/** One line of the Pareto: one reason, or several with the same cause or owner. */
export interface ParetoLine {
  key: string
  /** The common cause or owner; null when unknown. */
  group: string | null
  count: number | null
  /** The part of `count` that the explained loss counts. Shares are of this part. */
  explained: number | null
  share: number | null
  cumulative: number | null
  change: ReasonRow['change']
  rows: ReasonRow[]
}

export const rowKey = ({ code, text, reason }: ReasonRow) => JSON.stringify([code, text, reason.key])

/**
 * Groups reasons into lines, largest first, known reasons last. A share is of `lost`, or of the explained codes when
 * they exceed it. Lines outside the loss have none.
 */
export function paretoLines(reasons: readonly ReasonRow[], grouping: Grouping, lost: number | null): ParetoLine[] {
  const groups = new Map<string, ReasonRow[]>()
  for (const row of reasons) {
    const key = groupKey(row, grouping)
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  const all = [...groups].map(([key, rows]) => lineOf(key, rows, grouping)).sort(bySize)
  const lines = [...all.filter((line) => !isKnown(line)), ...all.filter(isKnown)]
  const counted = lines.reduce((sum, { explained }) => sum + (explained ?? 0), 0)
  const whole = Math.max(lost ?? 0, counted)
  let reached = 0
  return lines.map((line) => {
    const { count, explained } = line
    reached += explained ?? 0
    const isOutside = explained === null || (explained === 0 && count !== 0)
    const part = (n: number) => (isOutside || whole === 0 ? null : n / whole)
    return { ...line, share: part(explained ?? 0), cumulative: part(reached) }
  })
}

function groupKey(row: ReasonRow, grouping: Grouping): string {
  if (grouping === 'owner') return row.reason.actor ?? ''
  // Unknown codes stay apart, because two of them have nothing in common.
  return grouping === 'cause' && row.reason.key !== null ? row.reason.key : rowKey(row)
}

function lineOf(key: string, rows: ReasonRow[], grouping: Grouping): ParetoLine {
  const count = sumKnown(rows.map((row) => row.count))
  const explained = sumKnown(rows.map((row) => row.explained))
  const [first] = rows
  const group = grouping === 'owner' ? (first?.reason.actor ?? null) : (first?.reason.key ?? null)
  return { key, group, count, explained, share: null, cumulative: null, change: changeOf(rows), rows }
}

/** Returns the sum of the known counts; null when there is none. */
function sumKnown(counts: (number | null)[]): number | null {
  const known = counts.filter((count) => count !== null)
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0)
}

/** Every reason is known, and none has doubled. */
const isKnown = ({ rows }: ParetoLine): boolean => rows.every(({ known }) => known !== null && !known.doubled)

/** Returns the sum of the changes; null when one of them is unknown. */
function changeOf(rows: ReasonRow[]): ReasonRow['change'] {
  const changes = rows.flatMap(({ change }) => change ?? [])
  if (changes.length < rows.length) return null
  return changes.reduce((all, one) => ({ count: all.count + one.count, before: all.before + one.before }))
}

const bySize = (a: ParetoLine, b: ParetoLine): number =>
  (b.explained ?? -1) - (a.explained ?? -1) || (b.count ?? -1) - (a.count ?? -1)

const EIGHTY = 0.8
/** Without an 80 % line, because much is unexplained, the list still has an end. */
const MOST_SHOWN = 12

/** Splits lines at 80 %. A single line is not folded. */
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
  /** A fraction of the line's bar. */
  width: number
}

/** Returns the vendors of a line, largest first. The rest of the bar belongs to no vendor. */
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
