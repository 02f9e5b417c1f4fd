import type { LossStageReply, ReasonRow } from '@/lib/contract/losses'
import { iso } from '@/lib/report/range/iso-time'

/** A reason people know of, as it was marked; `until` in epoch seconds. */
export interface ReasonMark {
  stage: LossStageReply['stage']
  code: string
  until: number
  note: string
  baseCount: number | null
  baseDays: number
}

/** What a reason cost over so many days; null where that is not known. */
export interface RecentCount {
  count: number | null
  days: number
}

/** Known reasons with their marks, behind the others: they stay counted, but are no news until they double. */
export function markKnownReasons(
  stages: LossStageReply[],
  marked: readonly ReasonMark[],
  lately: (stage: ReasonMark['stage'], code: string) => RecentCount,
): LossStageReply[] {
  if (marked.length === 0) return stages
  return stages.map((stage) => {
    const of = (row: ReasonRow) => marked.find((one) => one.stage === stage.stage && one.code === row.code)
    const rows = stage.reasons?.map((row) => {
      const mark = of(row)
      return mark ? { ...row, known: knownOf(mark, lately(stage.stage, row.code)) } : row
    })
    return rows ? { ...stage, reasons: newsFirst(rows) } : stage
  })
}

function knownOf({ until, note, baseCount, baseDays }: ReasonMark, { count, days }: RecentCount): ReasonRow['known'] {
  const comparable = baseCount !== null && count !== null && baseDays > 0 && days > 0
  const doubled = comparable && count > 0 && count / days >= (2 * baseCount) / baseDays
  return { until: iso(until), note, doubled }
}

/** The shares stay; how far they reach is told anew in the new order. */
function newsFirst(rows: ReasonRow[]): ReasonRow[] {
  const quiet = (row: ReasonRow) => row.known !== null && !row.known.doubled
  if (!rows.some(quiet)) return rows
  let reached = 0
  return [...rows.filter((row) => !quiet(row)), ...rows.filter(quiet)].map((row) => {
    reached += row.share ?? 0
    return { ...row, cumulative: row.cumulative === null ? null : Math.min(1, reached) }
  })
}
