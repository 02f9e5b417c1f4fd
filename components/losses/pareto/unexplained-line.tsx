import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { LossStageReply } from '@/lib/contract/losses'
import { lossChangeMeaning, lossChangeText } from '../loss-change'
import type { ParetoRest } from './pareto-lines'

interface Props {
  rest: ParetoRest
  rank: number
  change: LossStageReply['change']
  words: Words
}

/** Renders the unexplained part of the loss as a line of the Pareto. It has no code, so it opens to nothing. */
export function UnexplainedLine({ rest, rank, change: sums, words }: Props) {
  const { t, locale } = words
  const change = sums?.unexplained ?? null
  const percentOf = (fraction: number) => `${(fraction * 100).toFixed(2)}%`
  return (
    <li className="unexplained">
      <span className="rank text-second max-lg:self-start">{rank}</span>
      <span className="name min-w-0">
        <span className="font-medium">{t('losses.rest.title')}</span>
        <span className="block text-12 text-second">{t('losses.rest.meaning')}</span>
      </span>
      <span className="graph" aria-hidden="true">
        <span className="pareto">
          <span className="fill none" style={{ width: percentOf(rest.share) }} />
          <b style={{ left: percentOf(rest.cumulative) }} />
        </span>
      </span>
      <span className="count text-end font-medium max-lg:self-start">
        <span className="sr-only">{t('losses.column.count')} </span>
        {exact(rest.count)}
      </span>
      <span className="share text-end max-lg:min-w-13 max-lg:self-start">
        <span className="sr-only">{t('losses.column.share')} </span>
        {percent(rest.share, locale)}
      </span>
      <span className="sum text-end text-second max-lg:min-w-13">
        <span className="sr-only">{t('losses.column.cumulative')} </span>
        {percent(rest.cumulative, locale)}
      </span>
      <span className="change text-end whitespace-nowrap text-second" title={lossChangeMeaning(change, words)}>
        {change && <span className="sr-only">{t('losses.column.change')} </span>}
        {lossChangeText(change, words)}
      </span>
    </li>
  )
}
