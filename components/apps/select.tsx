'use client'
import { useId } from 'react'

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
