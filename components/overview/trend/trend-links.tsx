import type { Words } from '@/components/i18n/words'
import { Choice, type ChoiceTarget } from '@/components/ui/choice'

/** One choice of how the chart is drawn. */
export interface TrendLink {
  choice: 'interval' | 'measure' | 'by'
  value: 'hour' | 'day' | 'week' | 'volume' | 'rate' | 'total' | 'vendor'
  href: ChoiceTarget
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
            <Choice to={href} current={current}>
              {t(`trend.choices.${value}`)}
            </Choice>
          </li>
        ))}
      </ul>
    )
  })
}
