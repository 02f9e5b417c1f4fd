import type { Words } from '@/components/i18n/words'
import { Chips } from '@/components/report/filter/chips'
import { campaignChip, comparisonChip } from '@/components/report/filter/report-chips'
import { vendorNames } from '@/components/report/vendor'
import type { TagFilter } from '@/lib/contract/campaigns/tag-filter'
import { DEFAULT_GROUPING, type Grouping, type LossesView } from '@/lib/contract/links'
import type { RangeReply } from '@/lib/contract/ranges'

interface Props {
  view: LossesView
  range: RangeReply
  tag: TagFilter | null
  /** How the reasons are grouped, on a page that groups them. */
  grouping?: Grouping
  /** The address of the same page with another view. */
  hrefOf(view: LossesView, grouping?: Grouping): string
  words: Words
}

/** Shows the active filters, each with a link that removes it. */
export function Filters({ view, range, tag, grouping = DEFAULT_GROUPING, hrefOf, words }: Props) {
  const { t } = words
  const { vendor } = view
  const kept = (other: LossesView) => hrefOf(other, grouping)
  const shown = { view, hrefOf: kept, words }
  const chips = [
    vendor !== undefined && {
      text: t('losses.vendorFilter', { name: vendorNames({ vendor, channel: null }, words).name }),
      href: kept({ ...view, vendor: undefined }),
    },
    campaignChip(shown, tag),
    // Campaigns are counted from their sending, so they have no comparison.
    (view.task ?? []).length === 0 && comparisonChip(shown, range),
    grouping !== DEFAULT_GROUPING && {
      text: t('views.chip.group', { name: t(`losses.group.${grouping}`) }),
      href: hrefOf(view, DEFAULT_GROUPING),
    },
  ]
  return <Chips chips={chips} words={words} />
}
