import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { ListedTask } from '@/lib/contract/tasks'

interface Props {
  points: ListedTask['growth']
  total: ListedTask['total']
  words: Words
}

const [WIDTH, HEIGHT] = [80, 24]
const HOUR_S = 3_600

/**
 * Draws deliveries over the age; of a campaign without receipts, what was sent. The age is on a logarithmic scale, because
 * most of the growth is in the first hours.
 */
export function Sparkline({ points, total, words: { t } }: Props) {
  const measure = total?.delivery === 'unreported' ? 'sent' : 'delivered'
  const known = points.flatMap((point) => {
    const count = point[measure]
    return count === null ? [] : [{ at: Math.log1p(Math.max(0, point.age) / HOUR_S), count }]
  })
  const [last, most] = [known.at(-1), Math.max(...known.map(({ count }) => count))]
  if (known.length < 2 || !last || last.at === 0 || most <= 0) {
    return (
      <span className="text-second" title={t('campaigns.growth.none')}>
        <span aria-hidden="true">–</span>
        <span className="sr-only">{t('campaigns.growth.none')}</span>
      </span>
    )
  }
  const line = known.map(({ at, count }) => {
    const x = 1 + (at / last.at) * (WIDTH - 2)
    const y = HEIGHT - 2 - (count / most) * (HEIGHT - 4)
    return `${x.toFixed(1)},${y.toFixed(1)}`
  })
  const label = t(`campaigns.growth.${measure}`, { n: exact(last.count) })
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      <polyline points={line.join(' ')} fill="none" stroke="var(--accent)" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  )
}
