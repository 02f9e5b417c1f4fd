import { type LossRecord, type LossRow, STAGES_OF_LOSS } from '@/lib/contract/records'
import { addOrNull } from '@/lib/report/null-sums'

/** A row of losses. `explained` is the part of its count that the explained loss counts; null where unknown. */
export interface CountedRow extends LossRow {
  explained: number | null
}

export interface CountedRecord extends Omit<LossRecord, 'rows'> {
  rows: CountedRow[]
}

/** For readers that need the counts alone. */
export const withoutParts = ({ rows, ...record }: LossRecord): CountedRecord => ({
  ...record,
  rows: rows.map((row) => ({ ...row, explained: null })),
})

/**
 * Merges the losses of disjoint windows, or of several tasks, into one record. A total row has one text per code, the
 * most frequent one, as Tencent does within one window. A list that is absent from one record is absent from the
 * result. An unknown count makes the sum unknown.
 */
export function mergeLosses(task: string, records: readonly CountedRecord[]): CountedRecord {
  const [only] = records
  if (only && records.length === 1) return { ...only, task }
  const rows = new Map<string, CountedRow>()
  for (const row of records.flatMap((record) => [...record.rows, ...missingTotals(record)])) {
    const key = JSON.stringify([row.stage, row.vendor, row.channel, row.code, row.text])
    const before = rows.get(key)
    rows.set(key, before ? { ...row, ...sumRows([before, row]) } : row)
  }
  const absent = records.flatMap((record) => record.absent)
  return {
    task,
    rows: oneText([...rows.values()]),
    absent: absent.filter(
      (gap, at) => absent.findIndex(({ stage, by }) => stage === gap.stage && by === gap.by) === at,
    ),
  }
}

/**
 * Returns a total for each code that a record gives per vendor only. Otherwise the total of another window would stand
 * for both.
 */
function missingTotals({ rows }: CountedRecord): CountedRow[] {
  return STAGES_OF_LOSS.flatMap((stage) => {
    const own = rows.filter((row) => row.stage === stage)
    const known = new Set(own.filter(({ vendor }) => vendor === null).map(({ code }) => code))
    const missing = own.filter(({ code }) => !known.has(code))
    return missing.map((row): CountedRow => ({ ...row, vendor: null, channel: null, explained: 0 }))
  })
}

/** Adds up counts and their explained parts. */
export function sumRows(rows: readonly Pick<CountedRow, 'count' | 'explained'>[]) {
  return {
    count: rows.map(({ count }) => count).reduce(addOrNull, 0),
    explained: rows.map(({ explained }) => explained).reduce(addOrNull, 0),
  }
}

function oneText(rows: CountedRow[]): CountedRow[] {
  const totals = STAGES_OF_LOSS.flatMap((stage) => {
    const own = rows.filter((row) => row.stage === stage && row.vendor === null)
    return [...new Set(own.map(({ code }) => code))].map((code): CountedRow => {
      const texts = own.filter((row) => row.code === code).sort((a, b) => (b.count ?? -1) - (a.count ?? -1))
      return { stage, vendor: null, channel: null, code, text: texts[0]?.text ?? '', ...sumRows(texts) }
    })
  })
  return [...totals, ...rows.filter(({ vendor }) => vendor !== null)]
}
