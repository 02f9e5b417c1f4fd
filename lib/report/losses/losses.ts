import { type LossStage, STAGES_OF_LOSS } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import { sumOrNull } from '@/lib/report/null-sums'
import { type CountedRecord, type CountedRow, sumRows } from './merge-losses'

/** A count, and the part of it that the explained loss counts. */
interface Counted {
  count: number | null
  explained: number | null
}

/** A code and its text as Tencent gives them, with the vendors it came from. */
export interface RawReason extends Counted {
  code: string
  text: string
  vendors: (Counted & { vendor: Vendor; channel: Channel })[]
}

/**
 * Returns the raw reasons of each stage, largest first and unknown counts last; of one vendor if `vendor` is given.
 * Counts are Tencent's own stage totals where given, else the sum over vendors. `reasons` is null where both lists are
 * absent: the losses are unknown.
 */
export function lossStages(
  record: CountedRecord | null,
  vendor?: string,
): { stage: LossStage; reasons: RawReason[] | null }[] {
  return STAGES_OF_LOSS.map((stage) => ({ stage, reasons: record === null ? null : reasonsOf(record, stage, vendor) }))
}

function reasonsOf(record: CountedRecord, stage: LossStage, vendor: string | undefined): RawReason[] | null {
  const absent = (by: 'total' | 'vendor') => record.absent.some((gap) => gap.stage === stage && gap.by === by)
  const rows = record.rows.filter((row) => row.stage === stage)
  const totals = vendor === undefined ? rows.filter((row) => row.vendor === null) : []
  const vendors = rows.filter((row) => row.vendor !== null && (vendor ?? row.vendor) === row.vendor)
  if (absent('vendor') && (vendor !== undefined || absent('total'))) return null
  const codes = [...new Set([...totals, ...vendors].map(({ code }) => code))]
  const ofCode = (list: CountedRow[], code: string) => list.filter((row) => row.code === code)
  return codes
    .flatMap((code) => groupsOfCode(ofCode(totals, code), ofCode(vendors, code)))
    .map(reasonOf)
    .sort((a, b) => rank(b) - rank(a) || compare(a.code, b.code) || compare(a.text, b.text))
}

interface Group extends Counted {
  code: string
  text: string
  /** The rows of vendors. `explained` is the part of totals without a vendor; it is added to that of the rows. */
  rows: CountedRow[]
}

/**
 * Groups the rows of one code by text. Tencent gives each code of a stage one text, the most frequent, although the
 * vendors' numbers collide. Vendor rows with another text become a reason of their own and are subtracted from the
 * code's total, so that the sum per code stays Tencent's own.
 */
function groupsOfCode(totals: CountedRow[], vendors: CountedRow[]): Group[] {
  const groups = byText(totals).map((group): Group => ({ ...group, rows: [] }))
  const [main] = groups
  if (!main) return ofVendors(vendors)
  const own = (row: CountedRow) => groups.find((group) => sameText(group, row))
  const otherTexts = vendors.filter((row) => row.text !== '' && !own(row))
  const moved = countOf(otherTexts)
  const isSplit = groups.length === 1 && main.count !== null && moved !== null && moved <= main.count
  for (const row of vendors) {
    if (!isSplit || !otherTexts.includes(row)) (own(row) ?? main).rows.push(row)
  }
  if (!isSplit || otherTexts.length === 0) return groups
  main.count = (main.count ?? 0) - (moved ?? 0)
  const isEmpty = main.count === 0 && (main.explained ?? 0) === 0 && main.rows.length === 0
  return [...(isEmpty ? [] : [main]), ...ofVendors(otherTexts)]
}

/** Groups vendor rows by text. Nothing is counted without a vendor. */
const ofVendors = (rows: CountedRow[]): Group[] => byText(rows).map((group) => ({ ...group, explained: 0 }))

function byText(rows: CountedRow[]): Group[] {
  const groups: Group[] = []
  for (const row of rows) {
    const group = groups.find((one) => sameText(one, row))
    if (group) group.rows.push(row)
    else groups.push({ code: row.code, text: row.text, count: 0, explained: 0, rows: [row] })
  }
  return groups.map((group) => ({ ...group, ...sumRows(group.rows) }))
}

/** Compares texts without case and outer spaces: "Unregistered" equals "unregistered ". */
function sameText(a: { text: string }, b: { text: string }): boolean {
  return a.text.trim().toLowerCase() === b.text.trim().toLowerCase()
}

function reasonOf({ code, text, count, explained, rows }: Group): RawReason {
  const vendors: RawReason['vendors'] = []
  for (const row of rows) {
    const { vendor, channel } = row
    const same = vendors.find((one) => one.vendor === vendor && one.channel === channel)
    if (same) Object.assign(same, sumRows([same, row]))
    else if (vendor !== null) vendors.push({ vendor, channel, ...sumRows([row]) })
  }
  vendors.sort((a, b) => rank(b) - rank(a) || compare(a.vendor, b.vendor) || compare(a.channel ?? '', b.channel ?? ''))
  return { code, text, count, explained: sumOrNull([explained, ...vendors.map((one) => one.explained)]), vendors }
}

const countOf = (rows: CountedRow[]): number | null => sumOrNull(rows.map(({ count }) => count))
const rank = ({ count }: { count: number | null }): number => count ?? -1
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
