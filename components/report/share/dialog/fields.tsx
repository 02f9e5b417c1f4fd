import { type ReactNode, useId } from 'react'
import type { Words } from '@/components/i18n/words'
import { SHARE_LIMITS } from '@/lib/contract/limits'
import type { DraftField, DraftProblem } from './draft'

export function Group({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-13 font-medium">{legend}</legend>
      {children}
    </fieldset>
  )
}

interface RadioProps {
  name: string
  checked: boolean
  onChoose(): void
  children: ReactNode
}

export function Radio({ name, checked, onChoose, children }: RadioProps) {
  return (
    <label className="flex min-h-7 items-center gap-2">
      <input type="radio" name={name} className="accent-accent" checked={checked} onChange={onChoose} />
      <span className="min-w-0">{children}</span>
    </label>
  )
}

interface TextFieldProps {
  field: DraftField
  label: string
  hint?: string
  value: string
  maxLength: number
  type?: 'text' | 'password'
  /** Several lines. */
  isLong?: boolean
  problems: readonly DraftProblem[]
  onValue(value: string): void
  words: Words
}

/** A text with its label, its hint, and what is wrong with it below. */
export function TextField({ field, label, hint, value, isLong, problems, onValue, words, ...rest }: TextFieldProps) {
  const id = useId()
  const problem = problems.find((one) => one.field === field)
  const shared = {
    id,
    value,
    'data-field': field,
    className: 'field mt-1',
    spellCheck: false,
    autoComplete: rest.type === 'password' ? 'new-password' : 'off',
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': `${id}-hint ${id}-problem`,
  }
  return (
    <div>
      <label htmlFor={id} className="block text-13 font-medium">
        {label}
      </label>
      {isLong ? (
        <textarea {...shared} rows={2} maxLength={rest.maxLength} onChange={(event) => onValue(event.target.value)} />
      ) : (
        <input {...shared} {...rest} onChange={(event) => onValue(event.target.value)} />
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-12 text-second">
          {hint}
        </p>
      )}
      <Problem id={`${id}-problem`} field={field} problems={problems} words={words} />
    </div>
  )
}

interface ProblemProps {
  id?: string
  field: DraftField
  problems: readonly DraftProblem[]
  words: Words
}

/** Says what is wrong with a field. It is always in the page, so that screen readers hear it appear. */
export function Problem({ id, field, problems, words: { t } }: ProblemProps) {
  const problem = problems.find((one) => one.field === field)
  return (
    <p id={id} role="alert" className="mt-1 text-13 text-bad empty:hidden">
      {problem && t(`shares.dialog.problem.${problem.why}`, { n: SHARE_LIMITS.password })}
    </p>
  )
}
