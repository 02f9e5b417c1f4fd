import { type LossesView, lossesHref, lossStageHref } from '@/lib/contract/links'
import type { LossStage } from '@/lib/contract/records'

/** The losses page with the range of the overview. The server passes it to the browser, which makes links from it. */
export interface LossesLink {
  app: string | null
  view: LossesView
}

/** Links to the losses, or to one stage of them, of all vendors or of one. */
export type LossHref = (stage: LossStage | null, vendor?: string) => string

/** Returns null where there is no losses page, as in a shared view. */
export function lossHrefOf(losses: LossesLink | null): LossHref | null {
  if (losses === null) return null
  return (stage, vendor) => {
    const view = { ...losses.view, vendor }
    return stage === null ? lossesHref(losses.app, view) : lossStageHref(losses.app, view, stage)
  }
}
