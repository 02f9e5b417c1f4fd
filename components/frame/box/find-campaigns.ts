import { stripControls } from '@/components/ui/strip-controls'
import { searchTasks } from '@/lib/browser/tasks'
import { campaignHref } from '@/lib/contract/links'

export interface FoundCampaign {
  href: string
  name: string
  /** Its tags. */
  detail: string
}

/** Returns campaigns that match a text. None where the search fails, because the box also works without it. */
export async function findCampaigns(
  { app, appParam, text }: { app: string; appParam: string | null; text: string },
  signal: AbortSignal,
): Promise<FoundCampaign[]> {
  try {
    const { items } = await searchTasks(app, text, signal)
    return items.map(({ taskId, label, tags }) => ({
      href: campaignHref(appParam, taskId),
      name: stripControls(label || taskId),
      detail: tags.map(stripControls).join(', '),
    }))
  } catch {
    return []
  }
}
