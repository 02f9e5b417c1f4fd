import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import { offeredComparisons } from '@/components/report/comparisons'
import type { Comparison } from '@/lib/contract/comparisons'
import type { RangeReply } from '@/lib/contract/ranges'
import { BarMenu } from './bar-menu'

interface Props {
  range: RangeReply
  /** The comparison that is shown. */
  current: Comparison
  hrefOf(compare: Comparison): string
  words: Words
}

/** Chooses what the numbers are compared with, in a bar that has no room for a row of choices. */
export function CompareMenu({ range, current, hrefOf, words: { t } }: Props) {
  const label =
    current === 'none'
      ? t('overview.compare.none')
      : t('overview.compare.button', { period: t(`overview.compare.${current}`) })
  return (
    <BarMenu label={label} title={t('overview.compare.label')}>
      <ul aria-label={t('overview.compare.label')}>
        {offeredComparisons(range).map((name) => (
          <li key={name}>
            <Link
              prefetch={false}
              scroll={false}
              href={hrefOf(name)}
              className="menu-item"
              aria-current={name === current ? 'true' : undefined}
            >
              {t(`overview.compare.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </BarMenu>
  )
}
