import { type LossRecord, type LossRow, type LossStage, STAGES_OF_LOSS } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import { addOrNull, sumOrNull } from '@/lib/report/null-sums'

/** A code and its text as Tencent gives them, with the vendors it came from. */
export interface RawReason {
  code: string
  text: string
  count: number | null
  vendors: { vendor: Vendor; channel: Channel; count: number | null }[]
}

/**
 * Returns the raw reasons of each stage, largest first and unknown counts last; of one vendor if `vendor` is given.
 * Counts are Tencent's own stage totals where given, else the sum over vendors. `reasons` is null where both lists are
 * absent: the losses are unknown.
 */
export function lossStages(
  record: LossRecord | null,
  vendor?: string,
): { stage: LossStage; reasons: RawReason[] | null }[] {
  return STAGES_OF_LOSS.map((stage) => ({ stage, reasons: record === null ? null : reasonsOf(record, stage, vendor) }))
}

function reasonsOf(record: LossRecord, stage: LossStage, vendor: string | undefined): RawReason[] | null {
  const absent = (by: 'total' | 'vendor') => record.absent.some((gap) => gap.stage === stage && gap.by === by)
  const rows = record.rows.filter((row) => row.stage === stage)
  const totals = vendor === undefined ? rows.filter((row) => row.vendor === null) : []
  const vendors = rows.filter((row) => row.vendor !== null && (vendor ?? row.vendor) === row.vendor)
  if (absent('vendor') && (vendor !== undefined || absent('total'))) return null
  const codes = [...new Set([...totals, ...vendors].map(({ code }) => code))]
  const ofCode = (list: LossRow[], code: string) => list.filter((row) => row.code === code)
  return codes
    .flatMap((code) => groupsOfCode(ofCode(totals, code), ofCode(vendors, code)))
    .map(reasonOf)
    .sort((a, b) => rank(b) - rank(a) || compare(a.code, b.code) || compare(a.text, b.text))
}

interface Group {
  code: string
  text: string
  count: number | null
  rows: LossRow[]
}

/**
 * Groups the rows of one code by text. Tencent gives each code of a stage one text, the most frequent, although the
 * vendors' numbers collide. Vendor rows with another text become a reason of their own and are subtracted from the
 * code's total, so that the sum per code stays Tencent's own.
 */
function groupsOfCode(totals: LossRow[], vendors: LossRow[]): Group[] {
  const groups = byText(totals).map((group): Group => ({ ...group, rows: [] }))
  const [main] = groups
  if (!main) return byText(vendors)
  const own = (row: LossRow) => groups.find((group) => sameText(group, row))
  const otherTexts = vendors.filter((row) => row.text !== '' && !own(row))
  const moved = countOf(otherTexts)
  const isSplit = groups.length === 1 && main.count !== null && moved !== null && moved <= main.count
  for (const row of vendors) {
    if (!isSplit || !otherTexts.includes(row)) (own(row) ?? main).rows.push(row)
  }
  if (!isSplit || otherTexts.length === 0) return groups
  main.count = (main.count ?? 0) - (moved ?? 0)
  return [...(main.count === 0 && main.rows.length === 0 ? [] : [main]), ...byText(otherTexts)]
}

function byText(rows: LossRow[]): Group[] {
  const groups: Group[] = []
  for (const row of rows) {
    const group = groups.find((one) => sameText(one, row))
    if (group) group.rows.push(row)
    else groups.push({ code: row.code, text: row.text, count: 0, rows: [row] })
  }
  return groups.map((group) => ({ ...group, count: countOf(group.rows) }))
}

/** Compares texts without case and outer spaces: "Unregistered" equals "unregistered ". */
function sameText(a: { text: string }, b: { text: string }): boolean {
  return a.text.trim().toLowerCase() === b.text.trim().toLowerCase()
}

function reasonOf({ code, text, count, rows }: Group): RawReason {
  const vendors: RawReason['vendors'] = []
  for (const { vendor, channel, count: own } of rows) {
    const same = vendors.find((one) => one.vendor === vendor && one.channel === channel)
    if (same) same.count = addOrNull(same.count, own)
    else if (vendor !== null) vendors.push({ vendor, channel, count: own })
  }
  vendors.sort((a, b) => rank(b) - rank(a) || compare(a.vendor, b.vendor) || compare(a.channel ?? '', b.channel ?? ''))
  return { code, text, count, vendors }
}

const countOf = (rows: LossRow[]): number | null => sumOrNull(rows.map(({ count }) => count))
const rank = ({ count }: { count: number | null }): number => count ?? -1
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
