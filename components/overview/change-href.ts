import type { ChangeReply } from '@/lib/contract/changes/changes'
import { codeHref, lossStageHref, overviewHref } from '@/lib/contract/links'
import type { LossesLink } from './loss-href'

const DAY_MS = 86_400_000

/** Links a change to where it is explained: its code, the losses of its vendor, or the hours around its start. */
export function changeHref({ kind, vendor, rate, code, from }: ChangeReply, { app, view }: LossesLink): string {
  const isRate = kind === 'fell' || kind === 'rose'
  if (isRate && vendor !== null) {
    const own = { ...view, vendor }
    return code
      ? codeHref(app, own, code.code)
      : lossStageHref(app, own, rate === 'send' ? 'ready_to_send' : 'post_send')
  }
  const around = (days: number) => new Date(Date.parse(from) + days * DAY_MS).toISOString()
  return overviewHref(app, { source: view.source, tz: view.tz, from: around(-1), to: around(1), interval: 'hour' })
}
