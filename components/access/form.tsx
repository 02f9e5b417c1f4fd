'use client'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { Field } from '@/components/ui/field'
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

/** An input of these forms, where nothing may be left out. */
export function Input(props: ComponentProps<typeof Field>) {
  return <Field {...props} required />
}
