import type { Grouping } from '@/lib/contract/links'
import { type Pareto, withShares } from '@/lib/contract/loss-shares'
import type { LossStageReply, ReasonRow } from '@/lib/contract/losses'

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

/** The part of a stage that its Pareto shows. */
export type ParetoStage = Pick<LossStageReply, 'lost' | 'unexplained' | 'gone'> & { reasons: readonly ReasonRow[] }

/** Groups reasons into lines, largest first, known reasons last, with the unexplained part of the loss in its place. */
export function paretoLines(stage: ParetoStage, grouping: Grouping): Pareto<ParetoLine> {
  const groups = new Map<string, ReasonRow[]>()
  for (const row of stage.reasons) {
    const key = groupKey(row, grouping)
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  if (hasShareOnly(stage)) return paretoOfShares([...groups], grouping)
  const all = [...groups].map(([key, rows]) => lineOf(key, rows, grouping, stage.gone)).sort(bySize)
  return withShares([...all.filter((line) => !isKnown(line)), ...all.filter(isKnown)], stage, isKnown)
}

/** Tells whether the counts of a stage are left out, as in a shared view of rates. Otherwise a share comes from counts. */
export function hasShareOnly({
  lost,
  reasons,
}: {
  lost: number | null
  reasons: readonly ReasonRow[] | null
}): boolean {
  return lost === null && reasons !== null && reasons.some(({ count, share }) => count === null && share !== null)
}

/** Adds up the shares that came with the reasons. The unexplained part has no line, because its count is left out too. */
function paretoOfShares(groups: [string, ReasonRow[]][], grouping: Grouping): Pareto<ParetoLine> {
  const lines = groups
    .map(([key, rows]) => ({ ...lineOf(key, rows, grouping, []), share: sumKnown(rows.map(({ share }) => share)) }))
    .sort((a, b) => (b.share ?? -1) - (a.share ?? -1))
  let reached = 0
  for (const line of lines) {
    reached += line.share ?? 0
    line.cumulative = line.share === null ? null : Math.min(1, reached)
  }
  return { lines, rest: null }
}

function groupKey(row: ReasonRow, grouping: Grouping): string {
  if (grouping === 'owner') return row.reason.actor ?? ''
  // Unknown codes stay apart, because two of them have nothing in common.
  return grouping === 'cause' && row.reason.key !== null ? row.reason.key : rowKey(row)
}

function lineOf(key: string, rows: ReasonRow[], grouping: Grouping, gone: LossStageReply['gone']): ParetoLine {
  const count = sumKnown(rows.map((row) => row.count))
  const explained = sumKnown(rows.map((row) => row.explained))
  const [first] = rows
  const group = grouping === 'owner' ? (first?.reason.actor ?? null) : (first?.reason.key ?? null)
  const isOwn = (one: LossStageReply['gone'][number]) =>
    grouping === 'owner' ? one.actor === group : grouping === 'cause' && group !== null && one.key === group
  const change = changeOf(rows, gone.filter(isOwn))
  return { key, group, count, explained, share: null, cumulative: null, change, rows }
}

/** Returns the sum of the known counts; null when there is none. */
function sumKnown(counts: (number | null)[]): number | null {
  const known = counts.filter((count) => count !== null)
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0)
}

/** Every reason is known, and none has doubled. */
const isKnown = ({ rows }: ParetoLine): boolean => rows.every(({ known }) => known !== null && !known.doubled)

/** Returns the sum of the changes, with the codes that no longer occur; null when one of them is unknown. */
function changeOf(rows: ReasonRow[], gone: LossStageReply['gone']): ReasonRow['change'] {
  const changes = rows.flatMap(({ change }) => change ?? [])
  if (changes.length < rows.length) return null
  const lost = gone.map(({ before }) => ({ count: -before, before }))
  return [...changes, ...lost].reduce((all, one) => ({ count: all.count + one.count, before: all.before + one.before }))
}

const bySize = (a: ParetoLine, b: ParetoLine): number =>
  (b.explained ?? -1) - (a.explained ?? -1) || (b.count ?? -1) - (a.count ?? -1)

const EIGHTY = 0.8
/** Without an 80 % line, because much is unexplained, the list still has an end. */
const MOST_SHOWN = 12

export type ParetoRest = NonNullable<Pareto<ParetoLine>['rest']>
/** A row of the Pareto: a line, or the unexplained part of the loss. */
export type ParetoRow = { kind: 'line'; line: ParetoLine } | { kind: 'rest'; rest: ParetoRest }

/** Splits the rows at 80 %. A single row is not folded. */
export function foldLines({ lines, rest }: Pareto<ParetoLine>): {
  head: ParetoRow[]
  rest: ParetoRow[]
  eighty: boolean
} {
  const rows: ParetoRow[] = lines.map((line) => ({ kind: 'line', line }))
  if (rest) rows.splice(rest.at, 0, { kind: 'rest', rest })
  const at = rows.map(sharesOf).findIndex(({ cumulative }) => cumulative !== null && cumulative >= EIGHTY)
  const eighty = at >= 0 && at < rows.length - 1
  const cut = eighty ? at + 1 : MOST_SHOWN
  return rows.length - cut <= 1 && !eighty
    ? { head: rows, rest: [], eighty }
    : { head: rows.slice(0, cut), rest: rows.slice(cut), eighty }
}

export const sharesOf = (row: ParetoRow) => (row.kind === 'line' ? row.line : row.rest)

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
