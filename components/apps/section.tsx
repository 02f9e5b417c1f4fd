'use client'
import type { ReactNode } from 'react'
import { useHydrated } from '@/components/ui/hydrated'

interface Props {
  id: string
  title: string
  lead?: ReactNode
  button: string
  isBusy: boolean
  /** What was done. */
  said: string | null
  failure: string | null
  danger?: boolean
  submit(fields: Record<string, string>): void
  children: ReactNode
}

/** One form of the settings in its card: heading, fields, one button and the place that says how it ended. */
export function Section({ id, title, lead, button, isBusy, said, failure, danger = false, submit, children }: Props) {
  const hydrated = useHydrated()
  return (
    <section className="card needs-script p-5 sm:p-6" aria-labelledby={id}>
      <form
        method="post"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          submit(Object.fromEntries([...new FormData(event.currentTarget)].map(([k, v]) => [k, String(v).trim()])))
        }}
      >
        <div>
          <h2 id={id} className="text-16 font-semibold">
            {title}
          </h2>
          {lead && <div className="mt-1 text-13 text-second">{lead}</div>}
        </div>
        {children}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <button
            type="submit"
            className={`button max-sm:min-h-11 ${danger ? 'border-bad text-bad' : ''}`}
            disabled={!hydrated || isBusy}
          >
            {button}
          </button>
          <p role="status" className="text-13 text-good empty:hidden">
            {said}
          </p>
          <p role="alert" className="text-13 text-bad empty:hidden">
            {failure}
          </p>
        </div>
      </form>
    </section>
  )
}
