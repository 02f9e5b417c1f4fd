import type { TagFilter } from '@/lib/contract/campaigns/tag-filter'
import type { RangeReply } from '@/lib/contract/ranges'
import type { SharedPage } from '@/lib/contract/shares/pages'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { Source } from '@/lib/contract/sources'
import type { ShareOffer } from './dialog/draft'

interface Shown {
  app: string
  tz: string
  name: string
  page: SharedPage
  source: Source
  range: RangeReply | null
  tasks?: readonly string[]
  tag?: Pick<TagFilter, 'tag'> | null
  vendor?: string | undefined
}

/** Returns what a report offers to share: exactly what it shows. A preset stays one, so that the link moves with the day. */
export function reportOffer({ app, tz, name, page, source, range, tasks = [], tag = null, vendor }: Shown): ShareOffer {
  const shown = range && { from: range.from, to: range.to }
  const scope: ShareScope = {
    pages: [page],
    source,
    tasks: tag
      ? { kind: 'tag', tag: tag.tag }
      : tasks.length > 0
        ? { kind: 'tasks', tasks: [...tasks] }
        : { kind: 'all' },
    vendors: vendor === undefined ? null : [vendor],
    range: range?.preset || !shown ? { mode: 'rolling', preset: range?.preset ?? '30d' } : { mode: 'fixed', ...shown },
    dates: { kind: 'none' },
    figures: 'counts',
  }
  return { app, tz, name, content: { kind: 'live', scope }, tag: tag?.tag ?? '', shown }
}
