import { MIN_VOLUME } from '@/lib/contract/limits'
import type { LossStageReply, ReasonRow } from '@/lib/contract/losses'
import type { LossStage, StatisticsRecord } from '@/lib/contract/records'

type Row = Pick<ReasonRow, 'code' | 'text' | 'count' | 'reason'>

/**
 * Returns how a reason changed. Reasons are matched by code and cause, because the text of a code may change from day
 * to day. A code that was absent before counts as 0. Null where a count is unknown.
 */
export function changeOf(row: Row, rows: readonly Row[], before: readonly Row[]): ReasonRow['change'] {
  const same = (one: Row) => one.code === row.code && one.reason.key === row.reason.key
  const [current, earlier] = [rows.filter(same), before.filter(same)]
  // With several texts for one code and cause, texts are compared with the same text.
  const [one, other] =
    current.length > 1 || earlier.length > 1 ? [withText(current, row), withText(earlier, row)] : [row, earlier[0]]
  const [count, old] = [one?.count ?? null, other === undefined ? 0 : other.count]
  return count === null || old === null ? null : { count: count - old, before: old }
}

const withText = (rows: readonly Row[], { text }: Row): Row | undefined => rows.find((one) => one.text === text)

/** Returns whether a stage had enough volume on both sides: the pushes that could have been lost there. */
export function isComparable(
  stage: LossStage,
  vendor: string | undefined,
  sides: (Omit<StatisticsRecord, 'task'> | null)[],
): boolean {
  const base = stage === 'ready_to_send' ? 'sendable' : 'sent'
  return sides.every((funnel) => {
    if (!funnel) return false
    if (vendor === undefined) return (funnel.total[base] ?? 0) >= MIN_VOLUME
    const rows = funnel.rows.filter((one) => one.vendor === vendor)
    return rows.reduce((sum, one) => sum + (one[base] ?? 0), 0) >= MIN_VOLUME
  })
}

/** Adds changes to the stages. `before` is null where the comparison is not complete in the archive. */
export function withChanges(
  stages: LossStageReply[],
  before: LossStageReply[] | null,
  comparable: (stage: LossStage) => boolean,
): LossStageReply[] {
  return stages.map((stage) => {
    const old = before?.find((one) => one.stage === stage.stage)?.reasons
    const { reasons } = stage
    if (!old || !reasons || !comparable(stage.stage)) return stage
    return { ...stage, reasons: reasons.map((row) => ({ ...row, change: changeOf(row, reasons, old) })) }
  })
}
