import type { LossStageReply, ReasonRow } from '@/lib/contract/losses'
import { isKnown } from './known-reasons'

type TopReason = NonNullable<LossStageReply['top']>

/**
 * Returns the cause that explains most of a stage's loss, over all its codes: among reporting vendors, and not one that
 * people know about already. Codes without a cause stay apart. Null where the stage lost nothing or no reason explains a
 * part of it. Pages, the API and texts to copy all name this one.
 */
export function topReason({ lost, reasons }: Pick<LossStageReply, 'lost' | 'reasons'>): TopReason | null {
  if (lost !== null && lost <= 0) return null
  const causes = new Map<ReasonRow | string, ReasonRow[]>()
  for (const row of (reasons ?? []).filter((one) => !isKnown(one))) {
    const cause = row.reason.key ?? row
    causes.set(cause, [...(causes.get(cause) ?? []), row])
  }
  const tops = [...causes.values()].map(topOf)
  return tops.reduce<TopReason | null>((top, one) => ((one.explained ?? 0) > (top?.explained ?? 0) ? one : top), null)
}

/** Adds up the rows of one cause, and names its largest code. */
function topOf(rows: readonly ReasonRow[]): TopReason {
  const { code, text, reason } = rows.reduce((most, row) => ((row.explained ?? 0) > (most.explained ?? 0) ? row : most))
  const sum = (key: 'explained' | 'share') => rows.reduce((all, row) => all + (row[key] ?? 0), 0)
  return { code, text, reason, explained: sum('explained'), share: sum('share') }
}

/** Adds the top reason to each stage. The marks of known reasons must be there already. */
export function withTopReason(stages: LossStageReply[]): LossStageReply[] {
  return stages.map((stage) => ({ ...stage, top: topReason(stage) }))
}
