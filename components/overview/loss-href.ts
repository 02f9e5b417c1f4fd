import { type LossesView, lossStageHref } from '@/lib/contract/links'
import type { LossStage } from '@/lib/contract/records'

/** The losses page with the range of the overview. The server passes it to the browser, which makes links from it. */
export interface LossesLink {
  app: string | null
  view: LossesView
}

/** Links to one stage of the losses, of all vendors or of one. */
export type LossHref = (stage: LossStage, vendor?: string) => string

/** Returns null where there is no losses page, as in a shared view. */
export function lossHrefOf(losses: LossesLink | null): LossHref | null {
  return losses && ((stage, vendor) => lossStageHref(losses.app, { ...losses.view, vendor }, stage))
}
