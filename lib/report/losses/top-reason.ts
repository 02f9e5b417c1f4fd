import type { LossStageReply, ReasonRow } from '@/lib/contract/losses'

/**
 * Returns the reason that explains most of a stage's loss: among reporting vendors, and not one that people know about
 * already. Null where the stage lost nothing or no reason explains a part of it. Pages, the API and texts to copy all
 * name this one.
 */
export function topReason({ lost, reasons }: Pick<LossStageReply, 'lost' | 'reasons'>): ReasonRow | null {
  if (lost !== null && lost <= 0) return null
  const news = (reasons ?? []).filter(({ known }) => known === null || known.doubled)
  return news.find(({ explained }) => explained !== null && explained > 0) ?? null
}

/** Adds the top reason to each stage. The marks of known reasons must be there already. */
export function withTopReason(stages: LossStageReply[]): LossStageReply[] {
  return stages.map((stage) => {
    const top = topReason(stage)
    if (top === null) return { ...stage, top: null }
    const { code, text, explained, share, reason } = top
    return { ...stage, top: { code, text, explained, share, reason } }
  })
}
