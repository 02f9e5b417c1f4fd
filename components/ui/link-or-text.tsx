import type { ReactNode } from 'react'

interface Props {
  /** Null or undefined where the page of the link does not exist for this viewer, as in a shared view. */
  href: string | null | undefined
  className?: string
  children: ReactNode
}

/** A link to a page of the app, or its text alone. */
export function LinkOrText({ href, className = '', children }: Props) {
  if (href === null || href === undefined)
    return className === '' ? children : <span className={className}>{children}</span>
  return (
    <a href={href} className={`link ${className}`.trim()}>
      {children}
    </a>
  )
}
