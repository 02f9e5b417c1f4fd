import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { percent } from '@/components/i18n/number'
import type { LossesReply, LossStageReply } from '@/lib/contract/losses'
import { isCompared } from '../compared'
import type { StageProps } from '../stage-section'
import { foldLines, type ParetoRow, paretoLines, sharesOf } from './pareto-lines'
import { ReasonLine } from './reason-line'
import { UnexplainedLine } from './unexplained-line'

/** Renders the Pareto of one stage: its reasons and the unexplained part, folded at 80 %, or why there are none. */
export function StagePareto(props: StageProps) {
  const { stage, reply, grouping, words } = props
  const { t, locale } = words
  const { reasons } = stage
  if (reasons === null) return <Message>{t(reasonsUnknownText(stage, reply))}</Message>
  if (reasons.length === 0) return <Message>{t(noReasonsText(stage, props))}</Message>
  const { head, rest, eighty } = foldLines(paretoLines({ ...stage, reasons }, grouping))
  const left = rest.reduce((sum, row) => sum + (sharesOf(row).share ?? 0), 0)
  const list = (rows: ParetoRow[], from: number) =>
    rows.map((row, at) =>
      row.kind === 'line' ? (
        <ReasonLine key={row.line.key} {...props} stage={stage.stage} line={row.line} rank={from + at} />
      ) : (
        <UnexplainedLine key="unexplained" rest={row.rest} rank={from + at} change={stage.change} words={words} />
      ),
    )
  return (
    <>
      <div className="columns border-t border-line py-1.5 text-12 text-second" aria-hidden="true">
        <span className="col-span-2 col-start-2">{t('losses.column.reason')}</span>
        <span className="count text-end">{t('losses.column.count')}</span>
        <span className="share text-end">{t('losses.column.share')}</span>
        <span className="sum text-end">{t('losses.column.cumulative')}</span>
        <span className="change text-end whitespace-nowrap">{isCompared(reply) ? t('losses.column.change') : ''}</span>
        <span className="actor ps-3 leading-[1.125rem]">{grouping === 'owner' ? '' : t('losses.column.actor')}</span>
      </div>
      <ol className="reasons">{list(head, 1)}</ol>
      {eighty && (
        <p className="flex items-center gap-3 border-t border-dashed border-field px-5 text-12 leading-6 text-second max-lg:px-4">
          <span>{t('losses.eighty')}</span>
        </p>
      )}
      {rest.length > 0 && (
        <details className="fold">
          <summary className={clsx('min-h-11 px-5 py-3 max-lg:px-4', !eighty && 'border-t border-line')}>
            <span className="link">
              {left > 0
                ? t('losses.more', { n: rest.length, share: percent(left, locale) })
                : t('losses.moreFlat', { n: rest.length })}
            </span>
          </summary>
          <ol className="reasons" start={head.length + 1}>
            {list(rest, head.length + 1)}
          </ol>
        </details>
      )}
    </>
  )
}

function reasonsUnknownText({ unavailable }: LossStageReply, { coverage: { held, missing } }: LossesReply) {
  const isExpired = held === 0 && missing.length > 0 && missing.every(({ state }) => state === 'expired')
  if (isExpired || (unavailable !== null && unavailable !== 0)) return 'losses.unavailable'
  return held > 0 ? 'losses.absent' : 'losses.notHeld'
}

/** Says that Tencent gave no reasons only where its list was there, whole, and empty. */
function noReasonsText({ lost }: LossStageReply, { reply, vendor }: Pick<StageProps, 'reply' | 'vendor'>) {
  const { basis, coverage, unreadable } = reply
  if (lost === 0) return basis !== 'exact' && coverage.held < coverage.expected ? 'losses.nonePartial' : 'losses.none'
  if (unreadable > 0) return 'losses.unreadable'
  return vendor === undefined ? 'losses.noCodes' : 'losses.noCodesVendor'
}

function Message({ children }: { children: ReactNode }) {
  return <p className="border-t border-line px-5 py-4 text-second max-sm:px-4">{children}</p>
}
