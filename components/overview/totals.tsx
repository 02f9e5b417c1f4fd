import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { Bar } from '@/components/report/bar'
import { type BarParts, cellsOf, MEASURES, type Measure } from '@/components/report/cells'
import { Hint } from '@/components/ui/hint'
import type { ComparisonReply, TotalReply } from '@/lib/contract/funnel'
import type { Source } from '@/lib/contract/sources'
import type { LossHref } from './loss-href'
import { Drops, type TopReasons } from './total-drops'
import { barOf, deltaOf, type Face, faceOf } from './total-face'

interface Props {
  total: TotalReply | null
  /** What the numbers are compared with; null without a comparison. */
  comparison?: ComparisonReply | null
  source: Source
  lossHref: LossHref | null
  topReasons?: TopReasons | undefined
  words: Words
}

/**
 * Renders the total as four large numbers: counts first, rates where people compare them, and each drop in its parts.
 */
export function Totals({ total, comparison = null, source, lossHref, topReasons, words }: Props) {
  return (
    <section aria-label={words.t('overview.numbers')}>
      <dl className="card numbers grid grid-cols-2 grid-rows-[repeat(10,auto)] lg:grid-cols-4 lg:grid-rows-[repeat(5,auto)]">
        {total
          ? cellsOf(total).map((cell, i, all) => (
              <Tile
                key={cell.metric}
                metric={cell.metric}
                source={source}
                words={words}
                {...faceOf(cell, total, comparison, words)}
                delta={deltaOf(cell, total, comparison, words)}
                bar={barOf(cell, total, all[i - 1])}
                drops={<Drops cell={cell} total={total} lossHref={lossHref} topReasons={topReasons} words={words} />}
              />
            ))
          : MEASURES.map((metric) => <Placeholder key={metric} metric={metric} source={source} words={words} />)}
      </dl>
    </section>
  )
}

/** Four tiles in a row, or two rows of two with a line between them. */
const TILE = clsx(
  'row-span-5 grid grid-rows-subgrid items-start border-s border-line px-5 py-3 first:border-s-0 max-sm:px-3.5',
  'max-lg:nth-3:border-s-0 max-lg:nth-[n+3]:border-t',
)

/** Two lines below each number. On a narrow screen "delivered" needs four. */
const UNDER = 'text-13 leading-[18px] text-second min-h-[18px] sm:min-h-9'
const ROOM: Record<Measure, string> = {
  sendable: UNDER,
  sent: UNDER,
  delivered: `${UNDER} min-h-[72px]! sm:min-h-[54px]!`,
  clicked: UNDER,
}

interface TileProps extends Face {
  metric: Measure
  source: Source
  words: Words
  delta: ReactNode
  bar: BarParts
  drops: ReactNode
}

function Tile({ metric, source, words, big, delta, under, bar, drops }: TileProps) {
  return (
    <div className={TILE}>
      <Term metric={metric} source={source} words={words} />
      <dd className="flex min-h-9 flex-wrap items-baseline gap-x-2 lg:min-h-11">
        <span
          title={big.title}
          className={big.word ? 'text-20 font-medium' : 'text-28 font-medium tracking-[-0.02em] lg:text-40'}
        >
          {big.text}
        </span>
        {delta}
      </dd>
      <dd className={ROOM[metric]}>{under}</dd>
      <dd className="mt-2">
        <Bar metric={metric} parts={bar} />
      </dd>
      <dd className="mt-1.5 min-h-10 text-13 leading-5">{drops}</dd>
    </div>
  )
}

function Term({ metric, source, words }: { metric: Measure; source: Source; words: Words }) {
  const meaning = `${words.t(`overview.meaning.${metric}`)} ${words.t(`overview.unit.${source}`)}`
  return (
    <dt className="text-13 font-medium">
      <Hint id={`number-${metric}`} meaning={meaning} end={metric === 'clicked'}>
        {words.t(`overview.metric.${metric}`)}
      </Hint>
    </dt>
  )
}

function Placeholder({ metric, source, words }: Omit<Props, 'total' | 'lossHref'> & { metric: Measure }) {
  return (
    <div className={TILE}>
      <Term metric={metric} source={source} words={words} />
      <dd className="min-h-9 lg:min-h-11">
        <span className="waiting mt-1.5 h-7 w-3/5 lg:h-8" />
      </dd>
      <dd className={ROOM[metric]}>
        <span className="waiting h-3 w-2/5" />
      </dd>
      <dd className="mt-2">
        <span className="waiting block h-1.5 w-full" />
      </dd>
      <dd className="mt-1.5 min-h-10" />
    </div>
  )
}
