import { AGE_SECONDS, TASK_AGES } from '@/lib/contract/campaigns/task-ages'
import type { Counts } from '@/lib/contract/records'
import { channelOf, vendorOf } from '@/lib/contract/vendors'
import { lifeOf } from '@/lib/report/tasks/life'
import type { Store } from '@/lib/store/store'
import type { WindowAnswer } from '@/lib/store/windows/window-save'

/** The emulator's own count of a window. `total` is null for a campaign that was not sent yet. */
interface Truth {
  total: Counts | null
  vendors: (Counts & { platform: number; eventType: number | null })[]
}

interface Campaign {
  taskId: string
  at: number
}

/**
 * Stores what a Pushlens that has run for weeks would have collected: the counts of these campaigns at the ages at which
 * campaigns are compared. Nobody can ask Tencent for the counts of an earlier time, so a demo asks its emulator.
 */
export async function fillGrowth(
  windows: Store['windows'],
  appId: string,
  campaigns: Campaign[],
  { nowS, truth }: { nowS: number; truth: (query: string) => Promise<Truth> },
): Promise<void> {
  for (const { taskId, at } of campaigns) {
    const { from, to } = lifeOf({ taskId, sentAt: at }, 'statistics', nowS)
    const answers: WindowAnswer[] = []
    for (const age of TASK_AGES) {
      const fetchedAt = at + AGE_SECONDS[age]
      if (fetchedAt >= nowS) continue
      const query = new URLSearchParams({ source: 'task', metric: 'statistics', task: taskId })
      for (const [name, value] of Object.entries({ from, to, asOf: fetchedAt })) query.set(name, String(value))
      const { total, vendors } = await truth(`/truth?${query}`)
      if (!total) continue
      const rows = vendors.map(({ platform, eventType, ...counts }) => ({
        ...counts,
        vendor: vendorOf(platform),
        channel: channelOf(eventType),
      }))
      answers.push({
        ...{ appId, source: 'task', metric: 'statistics', task: taskId, from, to, fetchedAt },
        ...{ raw: JSON.stringify({ total, vendors }), unreadable: 0, absent: [], losses: null },
        ...{ counts: { total, rows }, kept: true, life: true },
      })
    }
    // One after another: the store keeps the newest answer, and an observation of each.
    for (const answer of answers) await windows.saveAll([answer])
  }
}
