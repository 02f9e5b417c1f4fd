import 'server-only'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { ShareQuery } from '@/lib/contract/shares/view'
import { DAY, HOUR } from '@/lib/store/testing/rows'
import { MIDNIGHT, NOW, TASKS } from './shared-world'

/**
 * What a scope allows, written a second time and more simply, for one app at +08:00 and one moment. Nothing here is shared
 * with the code that it checks.
 */
export interface Allowed {
  /** Null: the query is refused. */
  page: string | null
  tasks: string[] | null
  campaigns: string[]
  vendors: string[] | null
  spans: { from: number; to: number }[]
}

const MINUTE = 60
const NOW_MINUTE = Math.floor(NOW / MINUTE) * MINUTE
const PRESETS: Record<string, [number, number]> = {
  today: [MIDNIGHT, NOW_MINUTE],
  yesterday: [MIDNIGHT - DAY, MIDNIGHT],
  '24h': [NOW_MINUTE - DAY, NOW_MINUTE],
  '7d': [MIDNIGHT - 7 * DAY, MIDNIGHT],
  '30d': [MIDNIGHT - 30 * DAY, MIDNIGHT],
}

export function allowedBy(scope: ShareScope, query: ShareQuery): Allowed {
  const spans = spansOf(scope)
  const campaigns = campaignsOf(scope, spans)
  const isKnown = (id: string) => campaigns.includes(id)
  const page = query.page ?? (query.campaign ? 'campaign' : scope.pages[0]) ?? ''
  const hasPage = scope.pages.some((one) => one === (page === 'campaign' ? 'campaigns' : page))
  const isRefused =
    !hasPage ||
    (page === 'campaign') !== (query.campaign !== undefined) ||
    (query.campaign !== undefined && !isKnown(query.campaign)) ||
    !query.task.every(isKnown) ||
    (query.vendor !== undefined && scope.vendors !== null && !scope.vendors.includes(query.vendor))
  const named = scope.tasks.kind === 'all' ? null : campaigns
  const asked = query.task.length > 0 ? query.task : named
  return {
    page: isRefused ? null : page,
    tasks: query.campaign === undefined ? asked : [query.campaign],
    campaigns,
    vendors: query.vendor === undefined ? scope.vendors : [query.vendor],
    spans,
  }
}

function spansOf({ range, dates }: ShareScope): Allowed['spans'] {
  const second = (text: string) => Date.parse(text) / 1_000
  const [from, to] = range.mode === 'fixed' ? [second(range.from), second(range.to)] : (PRESETS[range.preset] ?? [0, 0])
  const own = { from, to: Math.min(to, NOW_MINUTE) }
  if (dates.kind !== 'back') return [own]
  const back = { from: MIDNIGHT - dates.days * DAY, to: NOW_MINUTE }
  // Two spans that touch are one: a bucket may lie on both.
  if (own.to >= back.from) return [{ from: Math.min(own.from, back.from), to: back.to }]
  return [own, back]
}

function campaignsOf({ source, tasks }: ShareScope, spans: Allowed['spans']): string[] {
  if (source !== 'task') return []
  const all = TASKS.filter(({ taskId, tags, sentAt }) => {
    if (tasks.kind === 'tasks') return tasks.tasks.includes(taskId)
    if (tasks.kind === 'tag') return tags.includes(tasks.tag)
    return spans.some(({ from, to }) => from <= sentAt && sentAt < to)
  })
  return all.map(({ taskId }) => taskId)
}

/** Returns the life of a campaign: from its hour of sending for 30 days. */
export function lifeOfTask(id: string): { from: number; to: number } | null {
  const task = TASKS.find(({ taskId }) => taskId === id)
  if (!task) return null
  const from = Math.floor(task.sentAt / HOUR) * HOUR
  return { from, to: from + 30 * DAY }
}
