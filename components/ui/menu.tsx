import { clsx } from 'clsx'
import type { ReactNode } from 'react'

interface Props {
  label: string
  /** Shown instead of the label. Screen readers and the tooltip still have the label. */
  icon?: ReactNode
  button?: ReactNode
  end?: boolean
  className?: string
  children: ReactNode
}

/** A button that opens a panel below it. It is a <details>, so it opens without JavaScript. */
export function Menu({ label, icon, button, end, className, children }: Props) {
  return (
    <details data-menu className={clsx('relative', className)}>
      <summary
        title={icon ? label : undefined}
        className={clsx(
          'flex items-center gap-2 rounded-6 hover:bg-sunk',
          icon ? 'size-9 justify-center text-second hover:text-text' : 'min-h-9 px-2',
        )}
      >
        {icon && <span className="sr-only">{label}</span>}
        {icon ?? button}
      </summary>
      <div className={clsx('menu', end ? 'end-0' : 'start-0')}>{children}</div>
    </details>
  )
}
