import type { ReactNode } from 'react'

interface Props {
  id: string
  meaning: string
  children: ReactNode
  /** Opens towards the start: for the last column, where the other way would leave the page. */
  end?: boolean
}

/** A word with its one-sentence meaning on hover and on keyboard focus; drawn by CSS, so it works without JavaScript. */
export function Hint({ id, meaning, children, end }: Props) {
  return (
    <span className="hint" data-end={end || undefined}>
      <button type="button" aria-describedby={id}>
        {children}
      </button>
      <span role="tooltip" id={id}>
        {meaning}
      </span>
    </span>
  )
}
