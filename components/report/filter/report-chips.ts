import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { TagFilter } from '@/lib/contract/campaigns/tag-filter'
import { usualComparison } from '@/lib/contract/comparisons'
import type { FunnelView } from '@/lib/contract/links'
import type { RangeReply } from '@/lib/contract/ranges'
import type { Chip } from './chips'

interface Shown<View extends FunnelView> {
  view: View
  /** The address of the same page with another view. */
  hrefOf(view: View): string
  words: Words
}

/** Returns the chip of the campaigns or the tag that a report is limited to; null without one. */
export function campaignChip<View extends FunnelView>(
  { view, hrefOf, words: { t } }: Shown<View>,
  tag: TagFilter | null,
): Chip | null {
  const { source, task = [] } = view
  const [only = ''] = task
  if (source !== 'task' || (task.length === 0 && tag === null)) return null
  const href = hrefOf({ ...view, task: [], tag: undefined })
  if (tag) return { text: t('losses.tagFilter', { tag: stripControls(tag.tag), n: tag.n }), href }
  const text =
    task.length === 1
      ? t('losses.taskFilter', { task: stripControls(only) })
      : t('losses.tasksFilter', { n: task.length })
  return { text, href }
}

/** Returns the chip of a comparison that is not the usual one of the range; null for the usual one. */
export function comparisonChip<View extends FunnelView>(
  { view, hrefOf, words: { t } }: Shown<View>,
  { from, to }: RangeReply,
): Chip | null {
  const { compare } = view
  if (compare === undefined || compare === usualComparison(Date.parse(to) - Date.parse(from))) return null
  const period = t(`overview.compare.${compare}`)
  const text = compare === 'none' ? period : t('overview.compare.button', { period })
  return { text, href: hrefOf({ ...view, compare: undefined }) }
}
