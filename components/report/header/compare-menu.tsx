import Link from 'next/link'
import { useId } from 'react'
import type { Words } from '@/components/i18n/words'
import { offeredComparisons, switchedComparison } from '@/components/report/comparisons'
import type { Comparison } from '@/lib/contract/comparisons'
import type { RangeReply } from '@/lib/contract/ranges'
import { BarMenu } from './bar-menu'

interface Props {
  range: RangeReply
  /** The comparison that is wanted. */
  current: Comparison
  /** Why the wanted comparison cannot be made. It is then not selected, and the menu says why. */
  problem: string | null
  hrefOf(compare: Comparison): string
  words: Words
}

/** Chooses what the numbers are compared with, in a bar that has no room for a row of choices. */
export function CompareMenu({ range, current, problem, hrefOf, words: { t } }: Props) {
  const why = useId()
  const shown = problem === null ? current : 'none'
  const switched = switchedComparison(range, shown)
  const isImpossible = (name: Comparison) => problem !== null && name === current
  const period = t(`overview.compare.${shown}`)
  const label =
    shown === 'none' ? (
      period
    ) : (
      <>
        <span className="sr-only">{`${t('overview.compare.label')} `}</span>
        {period}
      </>
    )
  return (
    <BarMenu label={label} title={problem ?? t('overview.compare.label')}>
      <ul aria-label={t('overview.compare.label')}>
        {offeredComparisons(range).map((name) => (
          <li key={name}>
            <Link
              prefetch={false}
              scroll={false}
              href={hrefOf(name)}
              className={`menu-item ${isImpossible(name) ? 'line-through' : ''}`}
              aria-current={name === shown ? 'true' : undefined}
              aria-describedby={isImpossible(name) ? why : undefined}
              data-key={name === switched ? 'KeyX' : undefined}
              aria-keyshortcuts={name === switched ? 'X' : undefined}
            >
              {t(`overview.compare.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
      {problem !== null && (
        <p id={why} className="border-t border-line px-2.5 py-2 text-12 text-second">
          {problem}
        </p>
      )}
    </BarMenu>
  )
}
