'use client'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'

interface Props extends Omit<ComponentProps<'input'>, 'id' | 'className'> {
  name: string
  label: string
  hint?: ReactNode
  invalid?: boolean
  /** The label of the box that shows a password as text. Without it there is no box. */
  showLabel?: string
  /** The height of the input; as in a settings card without it. */
  height?: 'min-h-10' | 'max-sm:min-h-11'
}

/** An input with its label and a hint below. */
export function Field({ label, hint, invalid, type = 'text', showLabel, height = 'min-h-10', ...rest }: Props) {
  const id = useId()
  const [shown, setShown] = useState(false)
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
        type={shown ? 'text' : type}
        aria-invalid={invalid || undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={`field mt-1 ${height}`}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-12 text-second">
          {hint}
        </p>
      )}
      {showLabel !== undefined && (
        <label className="mt-1.5 flex min-h-6 w-fit items-center gap-2 text-13 text-second">
          <input type="checkbox" className="accent-accent" checked={shown} onChange={() => setShown(!shown)} />
          {showLabel}
        </label>
      )}
    </div>
  )
}
