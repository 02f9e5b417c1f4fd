import type { ReactNode } from 'react'

interface Props {
  title: string
  /** Source, range and comparison. */
  children: ReactNode
  /** The filters that are on, each with a link that removes it. */
  chips?: ReactNode
  /** The actions of the whole page: share, export. */
  end: ReactNode
  /** What the bar says on paper, where its controls are left out. */
  printed: string
}

/** Renders the bar above a report: title, controls and chips, with the actions at the end. */
export function HeaderBar({ title, children, chips, end, printed }: Props) {
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-1.5 gap-y-2.5">
      <h1 className="me-2 text-20 font-semibold max-sm:me-auto">{title}</h1>
      <p className="hidden print:block">{printed}</p>
      <div className="no-print flex items-center gap-1.5 sm:order-3 sm:ms-auto">{end}</div>
      <div className="flex max-w-full min-w-0 flex-wrap items-center gap-1.5">
        {children}
        {chips}
      </div>
    </div>
  )
}
