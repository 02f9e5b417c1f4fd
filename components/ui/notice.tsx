import type { ReactNode } from 'react'

interface Props {
  kind: 'bad' | 'warn' | 'info'
  title: string
  children?: ReactNode
  action?: ReactNode
}

const LOOK = {
  bad: 'border-bad bg-bad-soft',
  warn: 'border-warn bg-warn-soft',
  info: 'border-line bg-surface',
}

/**
 * Shows what happened, what is still shown, and what to do. A problem is announced to screen readers, a note is not.
 */
export function Notice({ kind, title, children, action }: Props) {
  return (
    <div
      role={kind === 'info' ? undefined : 'alert'}
      className={`flex flex-wrap items-start justify-between gap-x-6 gap-y-3 rounded-10 border px-4 py-3 ${LOOK[kind]}`}
    >
      <div className="max-w-[78ch] min-w-0 flex-1 basis-64 space-y-1">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
      {action}
    </div>
  )
}
