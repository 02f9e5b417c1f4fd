import type { Words } from '@/components/i18n/words'
import type { Sheet } from '@/components/report/picture/sheet-picture'
import { vendorSheet } from '@/components/report/picture/vendor-sheet'
import type { AppReply } from '@/lib/contract/apps'
import type { CampaignView } from '@/lib/contract/campaigns/task-ages'
import type { FunnelReply } from '@/lib/contract/funnel'
import { nameOf } from '../moment'

interface SheetQuestion {
  app: AppReply
  view: CampaignView
  funnel: FunnelReply
  words: Words
}

/** Returns the numbers of a campaign and of its vendors as a table. */
export function campaignSheet({ app, view: { task, taskId }, funnel, words }: SheetQuestion): Sheet {
  const subject = { app: app.name, sdkAppId: app.sdkAppId, demo: app.demo }
  return { ...vendorSheet({ reply: funnel, subject, words }), title: nameOf(task ?? { label: '', taskId }) }
}
