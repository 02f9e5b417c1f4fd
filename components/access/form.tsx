'use client'
import { type ReactNode, useId, useState } from 'react'
import type { ErrorCode } from '@/lib/contract/errors'

export type ErrorTexts = Record<ErrorCode, { title: string; detail: string }>

/** Why a form was refused. `field` is the input to correct. */
export interface Refusal {
  title: string
  detail: string
  field?: string
  /** Nothing is wrong: the form asks for one more thing. */
  isQuestion?: boolean
}

interface FormProps {
  submit: (fields: Record<string, string>) => Promise<Refusal | null>
  label: string
  busyLabel: string
  /** Text in the place of a later error message, so that the layout does not move. */
  note: string
  children: (refused: Refusal | null) => ReactNode
}

/** Renders a form with one button and one place for messages. */
export function Form({ submit, label, busyLabel, note, children }: FormProps) {
  const [refused, setRefused] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)
  return (
    <form
      method="post"
      className="space-y-4"
      onSubmit={async (event) => {
        event.preventDefault()
        const fields = Object.fromEntries([...new FormData(event.currentTarget)].map(([k, v]) => [k, String(v)]))
        setBusy(true)
        setRefused(null)
        const refusal = await submit(fields)
        setRefused(refusal)
        // After success the browser loads the next page. The button stays disabled until then.
        setBusy(refusal === null)
      }}
    >
      {children(refused)}
      <button type="submit" className="button min-h-10 w-full" data-kind="main" disabled={busy}>
        {busy ? busyLabel : label}
      </button>
      <div role="alert" className="min-h-18 text-13">
        {refused ? (
          <>
            <p className={`font-semibold ${refused.isQuestion ? '' : 'text-bad'}`}>{refused.title}</p>
            <p>{refused.detail}</p>
          </>
        ) : (
          <p className="text-second">{note}</p>
        )}
      </div>
    </form>
  )
}

interface InputProps {
  name: string
  label: string
  type?: 'text' | 'email' | 'password'
  autoComplete: string
  hint?: string
  minLength?: number
  autoFocus?: boolean
  invalid?: boolean
  showLabel?: string
}

export function Input({ name, label, type = 'text', hint, invalid, showLabel, ...rest }: InputProps) {
  const id = useId()
  const [shown, setShown] = useState(false)
  const secret = type === 'password'
  return (
    <div>
      <label htmlFor={id} className="block text-13 font-medium">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        name={name}
        type={secret && shown ? 'text' : type}
        required
        spellCheck={false}
        autoCapitalize="none"
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
