import { MIN_VOLUME } from '@/lib/contract/limits'
import type { LossChange, LossStageReply, LossVendor, ReasonRow } from '@/lib/contract/losses'
import type { LossStage, StatisticsRecord } from '@/lib/contract/records'

type Row = Pick<ReasonRow, 'code' | 'text' | 'count' | 'reason'>

/**
 * Returns how a reason changed. Reasons are matched by code and cause, because the text of a code may change from day
 * to day. A code that was absent before counts as 0. Null where a count is unknown.
 */
export function changeOf(row: Row, rows: readonly Row[], before: readonly Row[]): ReasonRow['change'] {
  const same = (one: Row) => isSameReason(one, row)
  const [current, earlier] = [rows.filter(same), before.filter(same)]
  // With several texts for one code and cause, texts are compared with the same text.
  const [one, other] =
    current.length > 1 || earlier.length > 1 ? [withText(current, row), withText(earlier, row)] : [row, earlier[0]]
  const [count, old] = [one?.count ?? null, other === undefined ? 0 : other.count]
  return count === null || old === null ? null : { count: count - old, before: old }
}

const isSameReason = (one: Row, other: Row): boolean => one.code === other.code && one.reason.key === other.reason.key

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

/** Adds changes to the stages and their reasons. `before` is null where the comparison is not complete in the archive. */
export function withChanges(
  stages: LossStageReply[],
  before: LossStageReply[] | null,
  comparable: (stage: LossStage) => boolean,
): LossStageReply[] {
  return stages.map((stage) => {
    const old = before?.find((one) => one.stage === stage.stage)
    if (!old) return stage
    if (!comparable(stage.stage)) return { ...stage, notCompared: 'few' }
    const sums = hasSameReceipts(stage, old)
      ? { change: sumChanges(stage, old), notCompared: null }
      : { change: null, notCompared: 'receipts' as const }
    const { reasons } = stage
    const earlier = old.reasons
    if (!reasons || !earlier) return { ...stage, ...sums }
    const compared = reasons.map((row) => ({ ...row, change: changeOf(row, reasons, earlier) }))
    return { ...stage, ...sums, reasons: compared, gone: goneReasons(reasons, earlier) }
  })
}

/** Returns the reasons that no longer occur. Without them a cause whose code has gone would seem to have grown. */
function goneReasons(rows: readonly ReasonRow[], before: readonly ReasonRow[]): LossStageReply['gone'] {
  return before
    .filter((old) => !rows.some((row) => isSameReason(row, old)))
    .flatMap(({ code, count, reason: { key, actor } }) => (count ? [{ code, key, actor, before: count }] : []))
}

function sumChanges(stage: LossStageReply, old: LossStageReply): LossStageReply['change'] {
  const change = (key: 'lost' | 'explained' | 'unexplained' | 'notReported'): LossChange | null => {
    const [now, before] = [stage[key], old[key]]
    return now === null || before === null ? null : { count: now - before, before }
  }
  return {
    lost: change('lost'),
    explained: change('explained'),
    unexplained: change('unexplained'),
    notReported: change('notReported'),
  }
}

/**
 * Returns whether the loss of both periods counts the same vendors. Where receipts began or ended between them, a
 * difference would say more about receipts than about losses.
 */
function hasSameReceipts({ stage, vendors }: LossStageReply, old: LossStageReply): boolean {
  if (stage === 'ready_to_send') return true
  const isMixed = (one: LossVendor) => one.delivery !== 'reported' && (one.lost ?? 0) !== 0
  const own = (one: LossVendor) =>
    old.vendors.find((other) => other.vendor === one.vendor && other.channel === one.channel)
  const named = (list: LossVendor[]) => list.filter(({ vendor }) => vendor !== null)
  if ([...named(vendors), ...named(old.vendors)].some(isMixed)) return false
  return named(vendors).every((one) => {
    const other = own(one)
    return other === undefined || (one.delivery === 'reported') === (other.delivery === 'reported')
  })
}
