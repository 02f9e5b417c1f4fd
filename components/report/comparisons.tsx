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

/** Links to the comparisons. For whole weeks, "same weekday" equals "previous" and is left out. */
export function Comparisons({ range, current, hrefOf, words: { t } }: Props) {
  const weeks = (Date.parse(range.to) - Date.parse(range.from)) % WEEK_MS === 0
  const shown = COMPARISONS.filter((name) => name !== 'weekday' || !weeks)
  return (
    <ul aria-label={t('overview.compare.label')} className="choices">
      {shown.map((name) => (
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
