import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { TagFilter as Tag } from '@/lib/contract/campaigns/tag-filter'

interface Props {
  filter: Tag
  /** The same report without the tag. */
  all: string
  words: Words
}

/** Names the tag that a report is limited to, with a link that removes it, and says what its sums count. */
export function TagFilter({ filter: { tag, n, hasMore }, all, words: { t } }: Props) {
  return (
    <p className="mb-3 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-13 text-second">
      <Link prefetch={false} href={all} className="button max-w-full" title={t('losses.removeFilter')}>
        <span className="truncate">{t('losses.tagFilter', { tag: stripControls(tag), n })}</span>
        <span aria-hidden="true">×</span>
        <span className="sr-only">{t('losses.removeFilter')}</span>
      </Link>
      <span>
        {hasMore && `${t('losses.tagMore', { n })} `}
        {n > 1 && t('losses.tagNote')}
      </span>
    </p>
  )
}
