import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { LossStageReply } from '@/lib/contract/losses'

/** Shows explained + unexplained = lost, and below it what is not reported, outside the sum. */
export function Reconciliation({ stage, words }: { stage: LossStageReply; words: Words }) {
  const { t } = words
  const { explained, unexplained, lost, notReported, unavailable, reasons } = stage
  const after = stage.stage === 'post_send'
  // Without any reasons the message in their place says this.
  const isGone = reasons !== null && unavailable !== null && unavailable !== 0
  const outside = after ? outsideOf(stage) : 0
  return (
    <div className="border-t border-line px-5 py-3 max-sm:px-4">
      <p className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
        <Term n={explained} word={t('losses.sum.explained')} words={words} />
        <span aria-hidden="true">{unexplained !== null && unexplained < 0 ? '−' : '+'}</span>
        <Term
          n={unexplained === null ? null : Math.abs(unexplained)}
          word={t('losses.sum.unexplained')}
          words={words}
          bad={unexplained !== null && unexplained < 0}
        />
        <span aria-hidden="true">=</span>
        <Term n={lost} word={t('losses.sum.lost')} words={words} strong />
      </p>
      <ul className="mt-1 text-13 text-second">
        {unexplained !== null && unexplained < 0 && (
          <li className="text-warn">{t('losses.sum.exceed', { n: exact(-unexplained) })}</li>
        )}
        {lost === null && <li>{t('losses.sum.unknown')}</li>}
        {isGone && <li>{t('losses.sum.unavailable', { n: exact(unavailable) })}</li>}
        {after && <li>{t('losses.sum.over')}</li>}
        {outside > 0 && <li>{t('losses.sum.outside', { n: exact(outside) })}</li>}
      </ul>
      {after && notReported !== null && notReported !== 0 && (
        <p className="mt-3 flex flex-wrap items-baseline gap-x-3 border-t border-dotted border-field pt-3 text-13">
          <span className="font-medium">
            {t('losses.sum.notReported')} {exact(notReported)}
          </span>
          <span className="text-second">{t('losses.sum.notReportedMeaning')}</span>
        </p>
      )}
    </div>
  )
}

/** Returns the count of listed codes that belong to vendors outside the sum. */
function outsideOf({ reasons, explained }: LossStageReply): number {
  if (reasons === null || explained === null) return 0
  return reasons.reduce((sum, { count }) => sum + (count ?? 0), 0) - explained
}

interface TermProps {
  n: number | null
  word: string
  words: Words
  strong?: boolean
  bad?: boolean
}

function Term({ n, word, words, strong, bad }: TermProps) {
  return (
    <span className={bad ? 'text-warn' : undefined}>
      <span className={strong ? 'font-semibold' : 'font-medium'}>
        {n === null ? words.t('losses.unknown') : exact(n)}
      </span>{' '}
      <span className="text-second">{word}</span>
    </span>
  )
}
