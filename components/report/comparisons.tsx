import Link from 'next/link'
import { useId } from 'react'
import type { Words } from '@/components/i18n/words'
import { COMPARISONS, type Comparison, usualComparison } from '@/lib/contract/comparisons'
import type { RangeReply } from '@/lib/contract/ranges'

interface Props {
  range: RangeReply
  /** The comparison that is wanted. */
  current: Comparison | undefined
  /** Why the wanted comparison cannot be made. It is then not selected, and says so. */
  problem?: string | null
  hrefOf(compare: Comparison): string
  words: Words
}

const WEEK_MS = 7 * 86_400_000

/** Returns the comparisons that differ. For whole weeks, "same weekday" equals "previous" and is left out. */
export function offeredComparisons({ from, to }: RangeReply): Comparison[] {
  const weeks = (Date.parse(to) - Date.parse(from)) % WEEK_MS === 0
  return COMPARISONS.filter((name) => name !== 'weekday' || !weeks)
}

/** Returns the comparison that the key X chooses: none, or the usual one where none is shown. */
export function switchedComparison({ from, to }: RangeReply, shown: Comparison | undefined): Comparison {
  return shown === 'none' ? usualComparison(Date.parse(to) - Date.parse(from)) : 'none'
}

/** Links to the comparisons. Where one cannot be made, `problem` says why, and none is selected. */
export function Comparisons({ range, current, problem = null, hrefOf, words: { t } }: Props) {
  const why = useId()
  const selected = problem === null ? current : 'none'
  const switched = switchedComparison(range, selected)
  const isImpossible = (name: Comparison) => problem !== null && name === current
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      {problem !== null && (
        <p id={why} className="text-12 text-second">
          {problem}
        </p>
      )}
      <ul aria-label={t('overview.compare.label')} className="choices">
        {offeredComparisons(range).map((name) => (
          <li key={name}>
            <Link
              prefetch={false}
              scroll={false}
              href={hrefOf(name)}
              data-key={name === switched ? 'KeyX' : undefined}
              aria-keyshortcuts={name === switched ? 'X' : undefined}
              aria-current={name === selected ? 'true' : undefined}
              aria-describedby={isImpossible(name) ? why : undefined}
              title={isImpossible(name) ? (problem ?? undefined) : undefined}
              className={isImpossible(name) ? 'line-through' : undefined}
            >
              {t(`overview.compare.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
