import { withShares } from '@/lib/contract/loss-shares'
import type { LossStageReply, ReasonRow } from '@/lib/contract/losses'
import { iso } from '@/lib/report/range/iso-time'

/** A reason that people marked as known. `until` is epoch seconds. */
export interface ReasonMark {
  stage: LossStageReply['stage']
  code: string
  until: number
  note: string
  baseCount: number | null
  baseDays: number
}

/** The recent count of a reason over a number of days; null where unknown. */
export interface RecentCount {
  count: number | null
  days: number
}

/**
 * Adds marks to known reasons and moves them behind the others. They stay in the totals, but are news again only when
 * they double.
 */
export function markKnownReasons(
  stages: LossStageReply[],
  marks: readonly ReasonMark[],
  recentCount: (stage: ReasonMark['stage'], code: string) => RecentCount,
): LossStageReply[] {
  if (marks.length === 0) return stages
  return stages.map((stage) => {
    const markFor = (row: ReasonRow) => marks.find((one) => one.stage === stage.stage && one.code === row.code)
    const rows = stage.reasons?.map((row) => {
      const mark = markFor(row)
      return mark ? { ...row, known: markOf(mark, recentCount(stage.stage, row.code)) } : row
    })
    return rows ? { ...stage, reasons: knownLast(rows, stage) } : stage
  })
}

function markOf({ until, note, baseCount, baseDays }: ReasonMark, { count, days }: RecentCount): ReasonRow['known'] {
  const comparable = baseCount !== null && count !== null && baseDays > 0 && days > 0
  const doubled = comparable && count > 0 && count / days >= (2 * baseCount) / baseDays
  return { until: iso(until), note, doubled }
}

/** Puts known reasons last. Shares stay as they are; cumulative shares are computed again in the new order. */
function knownLast(rows: ReasonRow[], stage: LossStageReply): ReasonRow[] {
  if (!rows.some(isKnown)) return rows
  return withShares([...rows.filter((row) => !isKnown(row)), ...rows.filter(isKnown)], stage, isKnown).lines
}

/** Returns whether a reason is marked as known and is not news again. */
export const isKnown = ({ known }: Pick<ReasonRow, 'known'>): boolean => known !== null && !known.doubled
