import type { Words } from '@/components/i18n/words'
import type { TagFilter } from '@/lib/contract/campaigns/tag-filter'

/** Says what the sums of a report count that is limited to a tag. */
export function TagNote({ filter: { n, hasMore }, words: { t } }: { filter: TagFilter; words: Words }) {
  if (n < 2 && !hasMore) return null
  return (
    <p className="mb-3 text-13 text-second">
      {hasMore && `${t('losses.tagMore', { n })} `}
      {n > 1 && t('losses.tagNote')}
    </p>
  )
}
