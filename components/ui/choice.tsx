import Link from 'next/link'
import type { ReactNode } from 'react'

/** Where a choice leads: an address of the app, or a step within a page that has no addresses, such as a shared view. */
export type ChoiceTarget = string | (() => void)

interface Props {
  to: ChoiceTarget
  current: boolean
  title?: string | undefined
  children: ReactNode
}

/** One of several choices. It is a link wherever the choice has an address, so that it works without JavaScript. */
export function Choice({ to, current, title, children }: Props) {
  const shown = { title, 'aria-current': current ? ('true' as const) : undefined }
  if (typeof to === 'string') {
    return (
      <Link prefetch={false} scroll={false} href={to} {...shown}>
        {children}
      </Link>
    )
  }
  return (
    <button type="button" onClick={to} {...shown}>
      {children}
    </button>
  )
}
