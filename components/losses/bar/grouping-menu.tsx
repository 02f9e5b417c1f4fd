import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import { BarMenu } from '@/components/report/header/bar-menu'
import { GROUPINGS, type Grouping } from '@/lib/contract/links'

interface Props {
  current: Grouping
  hrefOf(grouping: Grouping): string
  words: Words
}

/** Chooses by what the losses are grouped. */
export function GroupingMenu({ current, hrefOf, words: { t } }: Props) {
  return (
    <BarMenu label={t(`losses.group.by.${current}`)} title={t('losses.group.label')}>
      <ul aria-label={t('losses.group.label')}>
        {GROUPINGS.map((name) => (
          <li key={name}>
            <Link
              prefetch={false}
              scroll={false}
              href={hrefOf(name)}
              className="menu-item"
              aria-current={name === current ? 'true' : undefined}
            >
              {t(`losses.group.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </BarMenu>
  )
}
