import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { Grouping } from '@/lib/contract/links'
import type { LossesReply, LossStageReply } from '@/lib/contract/losses'
import { lossChangeMeaning, lossChangeText } from './loss-change'
import { hasShareOnly } from './pareto/pareto-lines'
import { StagePareto } from './pareto/stage-pareto'
import { Reconciliation } from './reconciliation'
import { VendorSums } from './vendor-sums'

export interface StageProps {
  stage: LossStageReply
  reply: LossesReply
  grouping: Grouping
  /** The vendor whose losses these are; undefined for all. */
  vendor: string | undefined
  /** Whether an answer is outstanding. Missing numbers are then pending, not unknown. */
  waiting: boolean
  /** The pages of a code and of a vendor; null where there are none. */
  codeHref(code: string): string | null
  vendorHref(vendor: string): string | null
  editable: string | null
  words: Words
}

/** Renders one stage: the loss, a Pareto of its reasons, and whether they explain it. */
export function StageSection(props: StageProps) {
  const { stage, waiting, vendorHref, words } = props
  const { t } = words
  const isOfShares = props.reply.stages.some(hasShareOnly)
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
            {pending ? <span className="waiting h-7 w-32" /> : isOfShares ? null : lostText(stage.lost, words)}
          </span>
          {!pending && <StageChange stage={stage} words={words} />}
          {stage.notReported !== null && stage.notReported > 0 && (
            <a href="#receipts" className="link text-13">
              {t('overview.drop.notReported', { n: exact(stage.notReported) })}
            </a>
          )}
        </p>
      </header>
      {pending ? <Placeholder /> : <StagePareto {...props} />}
      {!pending && !isOfShares && <Reconciliation stage={stage} words={words} />}
      {!pending && !isOfShares && <VendorSums stage={stage} vendorHref={vendorHref} words={words} />}
    </section>
  )
}

/** Shows the change of the loss against the comparison, or why it has none. */
function StageChange({ stage: { change, notCompared }, words }: Pick<StageProps, 'stage' | 'words'>) {
  if (notCompared) return <span className="text-13 text-second">{words.t(`losses.notCompared.${notCompared}`)}</span>
  const lost = change?.lost ?? null
  if (lost === null) return null
  return (
    <span className="text-13 text-second" title={lossChangeMeaning(lost, words)}>
      {lossChangeText(lost, words)}
      <span className="sr-only"> ({lossChangeMeaning(lost, words)})</span>
    </span>
  )
}

function lostText(lost: number | null, { t }: Words): string {
  if (lost === null) return t('losses.unknown')
  return lost > 0 ? t('losses.lost', { n: exact(lost) }) : exact(-lost)
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
