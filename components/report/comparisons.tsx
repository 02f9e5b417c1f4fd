import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import { COMPARISONS, type Comparison, type RangeReply } from '@/lib/contract/ranges'

interface Props {
  range: RangeReply
  /** The comparison that is shown. */
  current: Comparison | undefined
  hrefOf(compare: Comparison): string
  words: Words
}

const WEEK_MS = 7 * 86_400_000

/** Returns the comparisons that differ. For whole weeks, "same weekday" equals "previous" and is left out. */
export function offeredComparisons({ from, to }: RangeReply): Comparison[] {
  const weeks = (Date.parse(to) - Date.parse(from)) % WEEK_MS === 0
  return COMPARISONS.filter((name) => name !== 'weekday' || !weeks)
}

/** Links to the comparisons. */
export function Comparisons({ range, current, hrefOf, words: { t } }: Props) {
  return (
    <ul aria-label={t('overview.compare.label')} className="choices">
      {offeredComparisons(range).map((name) => (
        <li key={name}>
          <Link
            prefetch={false}
            scroll={false}
            href={hrefOf(name)}
            aria-current={name === current ? 'true' : undefined}
          >
            {t(`overview.compare.${name}`)}
          </Link>
        </li>
      ))}
    </ul>
  )
}
