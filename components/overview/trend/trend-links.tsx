import Link from 'next/link'
import type { Words } from '@/components/i18n/words'

/** One choice of how the chart is drawn. */
export interface TrendLink {
  choice: 'interval' | 'measure' | 'by'
  value: 'hour' | 'day' | 'week' | 'volume' | 'rate' | 'total' | 'vendor'
  href: string
  current: boolean
}

/** Renders measure, parts and interval as links, so that every view of the chart has an address. */
export function TrendLinks({ links, words: { t } }: { links: readonly TrendLink[]; words: Words }) {
  return (['measure', 'by', 'interval'] as const).map((choice) => {
    const own = links.filter((link) => link.choice === choice)
    if (own.length === 0) return null
    return (
      <ul key={choice} aria-label={t(`trend.choice.${choice}`)} className="choices no-print">
        {own.map(({ value, href, current }) => (
          <li key={value}>
            <Link prefetch={false} scroll={false} href={href} aria-current={current ? 'true' : undefined}>
              {t(`trend.choices.${value}`)}
            </Link>
          </li>
        ))}
      </ul>
    )
  })
}
