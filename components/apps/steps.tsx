import type { Words } from '@/components/i18n/words'

const STEPS = ['details', 'check', 'range'] as const
export type Step = (typeof STEPS)[number]

/** Shows the steps of connecting an app, and which of them it is now. */
export function Steps({ current, words: { t } }: { current: Step; words: Words }) {
  return (
    <ol aria-label={t('apps.step.label')} className="flex flex-wrap gap-x-6 gap-y-1 text-13">
      {STEPS.map((step, i) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          className="flex items-center gap-2 text-second aria-[current=step]:font-semibold aria-[current=step]:text-text"
        >
          <span
            className={`grid size-5 place-items-center rounded-full border text-12 ${step === current ? 'border-accent bg-accent text-on-accent' : 'border-field'}`}
          >
            {i + 1}
          </span>
          {t(`apps.step.${step}`)}
        </li>
      ))}
    </ol>
  )
}
