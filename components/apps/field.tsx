'use client'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'

interface FieldProps extends Omit<ComponentProps<'input'>, 'id' | 'className'> {
  name: string
  label: string
  hint?: ReactNode
  invalid?: boolean
  /** The label of the box that shows a secret text. Without it the text is shown. */
  showLabel?: string
}

/** An input with its label and a hint below. */
export function Field({ label, hint, invalid, showLabel, ...rest }: FieldProps) {
  const id = useId()
  const [shown, setShown] = useState(false)
  const secret = showLabel !== undefined
  return (
    <div>
      <label htmlFor={id} className="block text-13 font-medium">
        {label}
      </label>
      <input
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        {...rest}
        id={id}
        type={secret && !shown ? 'password' : 'text'}
        aria-invalid={invalid || undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="field mt-1 min-h-10"
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-12 text-second">
          {hint}
        </p>
      )}
      {secret && (
        <label className="mt-1.5 flex min-h-6 w-fit items-center gap-2 text-13 text-second">
          <input type="checkbox" className="accent-accent" checked={shown} onChange={() => setShown(!shown)} />
          {showLabel}
        </label>
      )}
    </div>
  )
}

interface SelectProps {
  name: string
  label: string
  hint: string
  defaultValue: string
  options: { value: string; label: string }[]
  invalid?: boolean
}

/** A choice of one option from a list, with its label and a hint below. */
export function Select({ name, label, hint, defaultValue, options, invalid }: SelectProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="block text-13 font-medium">
        {label}
      </label>
      <select
        id={id}
        name={name}
        defaultValue={defaultValue}
        aria-invalid={invalid || undefined}
        aria-describedby={`${id}-hint`}
        className="field mt-1 min-h-10"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className="mt-1 text-12 text-second">
        {hint}
      </p>
    </div>
  )
}
