import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { Icon } from '@/components/ui/icon'

interface Props {
  label: ReactNode
  title?: string
  /** Opens towards the start, for the last menu of a bar. */
  end?: boolean
  children: ReactNode
}

/** A button of a header bar that opens a list. It works without JavaScript. On a phone the list opens at the bottom. */
export function BarMenu({ label, title, end, children }: Props) {
  return (
    <details data-menu className="no-print relative">
      <summary className="button gap-1.5 max-sm:min-h-11" title={title}>
        {label}
        <Icon name="chevron" size={16} />
      </summary>
      <div
        className={clsx(
          'menu max-sm:fixed! max-sm:inset-x-3 max-sm:top-auto! max-sm:bottom-18',
          end ? 'end-0' : 'start-0',
        )}
      >
        {children}
      </div>
    </details>
  )
}
