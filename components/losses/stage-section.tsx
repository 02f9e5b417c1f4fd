import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { Grouping } from '@/lib/contract/links'
import type { LossesReply, LossStageReply } from '@/lib/contract/losses'
import { foldLines, type ParetoLine, paretoLines } from './pareto-lines'
import { ReasonLine } from './reason-line'
import { Reconciliation } from './reconciliation'
import { VendorSums } from './vendor-sums'

interface Props {
  stage: LossStageReply
  reply: LossesReply
  grouping: Grouping
  /** The vendor whose losses these are; undefined for all. */
  vendor: string | undefined
  /** Whether an answer is outstanding. Missing numbers are then pending, not unknown. */
  waiting: boolean
  codeHref(code: string): string
  vendorHref(vendor: string): string
  editable: string | null
  words: Words
}

/** Renders one stage: the loss, a Pareto of its reasons, and whether they explain it. */
export function StageSection(props: Props) {
  const { stage, waiting, vendorHref, words } = props
  const { t } = words
  const pending = waiting && stage.lost === null && stage.reasons === null
  return (
    <section id={stage.stage} className="card losses" aria-labelledby={`${stage.stage}-title`}>
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-5 pt-4 pb-3 max-sm:px-4">
        <div>
          <h2 id={`${stage.stage}-title`} className="text-16 font-semibold">
            {t(`losses.stage.${stage.stage}`)}
          </h2>
          <p className="text-13 text-second">{t(`losses.stageMeaning.${stage.stage}`)}</p>
        </div>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-28 font-medium tracking-[-0.02em]">
            {pending ? <span className="waiting h-7 w-32" /> : lostText(stage.lost, words)}
          </span>
          {stage.notReported !== null && stage.notReported > 0 && (
            <a href="#receipts" className="link text-13">
              {t('overview.drop.notReported', { n: exact(stage.notReported) })}
            </a>
          )}
        </p>
      </header>
      {pending ? <Placeholder /> : <Reasons {...props} />}
      {!pending && <Reconciliation stage={stage} words={words} />}
      {!pending && <VendorSums stage={stage} vendorHref={vendorHref} words={words} />}
    </section>
  )
}

function lostText(lost: number | null, { t }: Words): string {
  if (lost === null) return t('losses.unknown')
  return lost > 0 ? t('losses.lost', { n: exact(lost) }) : exact(-lost)
}

function Reasons(props: Props) {
  const { stage, reply, grouping, words } = props
  const { t, locale } = words
  if (stage.reasons === null) {
    return <Message>{t(reasonsUnknownText(stage, reply))}</Message>
  }
  if (stage.reasons.length === 0) return <Message>{t(noReasonsText(stage, props))}</Message>
  const { head, rest, eighty } = foldLines(paretoLines(stage.reasons, grouping, stage.lost))
  const left = rest.reduce((sum, { share }) => sum + (share ?? 0), 0)
  const list = (lines: ParetoLine[], from: number) =>
    lines.map((line, at) => <ReasonLine key={line.key} {...props} stage={stage.stage} line={line} rank={from + at} />)
  return (
    <>
      <div className="columns border-t border-line py-1.5 text-12 text-second" aria-hidden="true">
        <span className="col-span-2 col-start-2">{t('losses.column.reason')}</span>
        <span className="count text-end">{t('losses.column.count')}</span>
        <span className="share text-end">{t('losses.column.share')}</span>
        <span className="sum text-end">{t('losses.column.cumulative')}</span>
        <span className="change text-end whitespace-nowrap">
          {reply.comparison?.held ? t('losses.column.change') : ''}
        </span>
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
function noReasonsText({ lost }: LossStageReply, { reply, vendor }: Pick<Props, 'reply' | 'vendor'>) {
  const { basis, coverage, unreadable } = reply
  if (lost === 0) return basis !== 'exact' && coverage.held < coverage.expected ? 'losses.nonePartial' : 'losses.none'
  if (unreadable > 0) return 'losses.unreadable'
  return vendor === undefined ? 'losses.noCodes' : 'losses.noCodesVendor'
}

function Message({ children }: { children: ReactNode }) {
  return <p className="border-t border-line px-5 py-4 text-second max-sm:px-4">{children}</p>
}

function Placeholder() {
  return (
    <div className="space-y-5 border-t border-line px-5 py-5 max-sm:px-4">
      {[70, 45, 25].map((width) => (
        <span key={width} className="waiting block h-4" style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}
